"""What tables and columns are called, in English and Korean."""

from __future__ import annotations

from typing import Final

from daehwa.care.analytics.tables import Cell

COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "day": ("day", "날짜"),
    "intent": ("intent", "의도"),
    "slot": ("slot", "슬롯"),
    "source": ("source", "답한 쪽"),
    "model": ("model", "모델"),
    "locale": ("locale", "로캘"),
    "version": ("version", "버전"),
    "alias": ("alias", "별칭"),
    "conversations": ("conversations", "대화"),
    "success": ("success", "성공"),
    "failure": ("failed", "실패"),
    "switched": ("switched", "전환"),
    "dropped": ("dropped", "이탈"),
    "contained": ("contained", "자체 해결"),
    "containment": ("containment", "자체 해결률"),
    "turns": ("texts", "발화"),
    "detected": ("detected", "인식"),
    "missed": ("fallbacks", "폴백"),
    "misread": ("misread replies", "못 읽은 답"),
    "fallbackRate": ("fallback rate", "폴백률"),
    "invoked": ("invoked", "호출"),
    "successRate": ("success rate", "성공률"),
    "elicited": ("asked", "물음"),
    "filled": ("filled", "채움"),
    "again": ("asked again", "다시 물음"),
    "failed": ("failed", "실패"),
    "left": ("left", "이탈"),
    "fillRate": ("fill rate", "채움률"),
    "errors": ("errors", "오류"),
    "incomplete": ("cut short", "끊긴 답"),
    "p50Ms": ("median ms", "중앙값 ms"),
    "p95Ms": ("95% within ms", "95% ms"),
    "maxMs": ("slowest ms", "최대 ms"),
    "inputTokens": ("tokens in", "입력 토큰"),
    "outputTokens": ("tokens out", "출력 토큰"),
    "cost": ("cost", "비용"),
    "up": ("👍", "👍"),
    "down": ("👎", "👎"),
}
TABLES: Final[dict[str, tuple[str, str]]] = {
    "day": ("By day", "날짜별"),
    "intent": ("By intent", "의도별"),
    "slot": ("By slot", "슬롯별"),
    "source": ("Who answered", "답한 쪽별"),
    "locale": ("By locale", "로캘별"),
    "version": ("By version", "버전별"),
    "alias": ("By alias", "별칭별"),
}
PAGE: Final[dict[str, tuple[str, str]]] = {
    "title": ("Report on {bot}", "{bot} 보고서"),
    "all": ("All that is stored", "저장된 모든 대화"),
    "since": ("since {moment}", "{moment}부터"),
    "until": ("until {moment}", "{moment} 전까지"),
    "empty": ("Nobody has talked to it in this time.", "이 기간에 대화가 없습니다."),
    "texts": ("Texts a day", "하루 발화 수"),
    "definitions": (
        (
            "Success, failed, switched and dropped are Lex's own terms. A conversation is one life"
            " of a session and ends as its last intent does; one that ends in FallbackIntent has"
            " failed. It is contained if it ended in success, or in an answer of a model or"
            " document."
        ),
        (
            "성공, 실패, 전환, 이탈은 Lex의 정의입니다. 대화는 세션이 한 번 살아 있는 동안이며"
            " 마지막 의도가 끝난 대로 끝난 것으로 봅니다. FallbackIntent로 끝나면 실패입니다."
            " 성공으로 끝났거나 모델이나 문서의 답으로 끝나면 자체 해결입니다."
        ),
    ),
}


def heading(named: dict[str, tuple[str, str]], name: str, *, korean: bool) -> str:
    """What one of ``COLUMNS``, ``TABLES`` or ``PAGE`` is called."""
    return named[name][korean]


def shown(column: str, cell: Cell) -> str:
    """A cell for people to read: ``12,345``, ``61.5%``, and a dash where nothing is known."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, str):
        return cell
    if column.endswith(("Rate", "containment")):
        return f"{cell:.1%}"
    if column.endswith("Ms"):
        return f"{cell:,.0f}" if cell >= 10 else f"{cell:.1f}"  # noqa: PLR2004 - digits
    return f"{cell:,.4f}" if isinstance(cell, float) else f"{cell:,}"
