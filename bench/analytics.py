"""A hundred thousand turns counted: every table of a report, and Lex's analytics operations.

    python bench/analytics.py [--turns 100000] [--store URL] [--runs 5]

Makes a store of conversations of some ten intents with slots, over ninety days, whose replies are
as long as real ones, and measures reading and counting, each from nothing: milliseconds of the
clock, and of this process's processor time, the medians of the runs. With ``--store`` another
store than an SQLite file of its own: it has to be empty.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from daehwa import stores
from daehwa.care import analytics
from daehwa.chat import ChatUsage, Timing
from daehwa.conversation import TurnKind, figures

BOT = "BENCHMARKB"
BEGIN = datetime(2026, 5, 1, tzinfo=UTC)
DAYS = 90
REPLY = msgspec.json.encode({"msg": "…", "interpretations": ["x" * 1200]})
SLOTS = ("City", "Date", "Nights")


def kind(before: TurnKind | None, **members: Any) -> TurnKind:
    plain = {
        "version": "1",
        "alias_id": "TSTALIASID",
        "locale_id": "ko_KR",
        "channel": "chat",
        "mode": "Text",
        "source": "intent",
        "model": None,
        "error": None,
        "incomplete": False,
        "missed": False,
        "understood": True,
        "filled": False,
        "intent": None,
        "state": "InProgress",
        "confirmation": "None",
        "action": "Close",
        "slot": None,
        "repeated": False,
        "answered": False,
    }
    elicits = before is not None and before.action in ("ElicitSlot", "ConfirmIntent")
    elicited = {
        "elicited_action": before.action if before is not None and elicits else None,
        "elicited_intent": before.intent if before is not None and elicits else None,
        "elicited_slot": before.slot if before is not None and elicits else None,
    }
    return TurnKind(**(plain | elicited | members))


def conversation(chance: random.Random) -> list[TurnKind]:
    """A booking with slots, misread replies, a fallback, or a question that is answered."""
    locale = chance.choice(("ko_KR", "en_US"))
    intent = f"Intent{chance.randrange(10)}"
    turns: list[TurnKind] = []
    if chance.random() < 0.3:
        model = chance.choice(("small", "large"))
        turns.append(
            kind(
                None,
                locale_id=locale,
                missed=True,
                understood=False,
                intent="FallbackIntent",
                state="Fulfilled",
                source="chatgpt",
                model=model,
            )
        )
    before = None
    for slot in SLOTS:
        turns.append(
            kind(
                before,
                locale_id=locale,
                intent=intent,
                action="ElicitSlot",
                slot=slot,
                filled=before is not None,
            )
        )
        before = turns[-1]
        if chance.random() < 0.15:
            turns.append(
                kind(
                    before,
                    locale_id=locale,
                    intent=intent,
                    action="ElicitSlot",
                    slot=slot,
                    understood=False,
                    repeated=True,
                )
            )
        if chance.random() < 0.1:
            return turns
    done = chance.random() < 0.9
    turns.append(
        kind(
            before,
            locale_id=locale,
            intent=intent,
            filled=True,
            state="Fulfilled" if done else "Failed",
        )
    )
    return turns


async def fill(store: stores.SessionStore, turns: int, seed: int = 1) -> int:
    chance = random.Random(seed)
    written = sessions = 0
    step = timedelta(days=DAYS) / turns
    while written < turns:
        sessions += 1
        key = stores.SessionKey(BOT, "TSTALIASID", "ko_KR", f"session-{sessions}", "chat~1")
        begun, version = BEGIN + written * step, None
        for number, one in enumerate(conversation(chance)):
            model = one.model is not None
            usage = ChatUsage(input_tokens=400, output_tokens=90, cost=0.0004) if model else None
            at = BEGIN + written * step
            turn = stores.TurnRecord(
                message_id=f"{sessions}-{number}",
                text=f"방을 예약하고 싶어요 {chance.randrange(3000)}",
                at=at,
                reply=REPLY,
                missed=one.missed,
                facts=stores.TurnFacts(
                    kind=msgspec.json.encode(one),
                    figures=figures(
                        begun,
                        f"r{written}",
                        timing=Timing(total_ms=chance.expovariate(1 / (900 if model else 9))),
                        usage=usage,
                    ),
                ),
            )
            version = await store.save(
                key,
                b"{}",
                expected_version=version,
                expires_at=at + timedelta(minutes=5),
                turn=turn,
            )
            written += 1
    return written


def requests() -> dict[str, Any]:
    """A request of each operation, as the API's shapes have it."""
    time_of = {
        "bot_id": BOT,
        "start_date_time": BEGIN.timestamp(),
        "end_date_time": (BEGIN + timedelta(days=DAYS + 1)).timestamp(),
    }
    plain = {"filters": None, "max_results": None, "next_token": None, "sort_by": None}
    more = {"bin_by": None, "attributes": None}

    def metrics(name: str, group: str) -> SimpleNamespace:
        metric = SimpleNamespace(name=name, statistic="Sum", order="Descending")
        groups = [SimpleNamespace(name=group)]
        return SimpleNamespace(**time_of, **plain, **more, metrics=[metric], group_by=groups)

    return {
        "ListSessionMetrics": metrics("Count", "ConversationEndState"),
        "ListIntentMetrics": metrics("Success", "IntentName"),
        "ListIntentStageMetrics": metrics("Retry", "IntentStageName"),
        "ListUtteranceMetrics": metrics("Count", "UtteranceText"),
        "ListIntentPaths": SimpleNamespace(**time_of, **plain, intent_path="/"),
        "ListSessionAnalyticsData": SimpleNamespace(**time_of, **(plain | {"max_results": 100})),
        "ListUtteranceAnalyticsData": SimpleNamespace(**time_of, **(plain | {"max_results": 100})),
    }


async def measured(name: str, runs: int, work: Any) -> None:
    clock, cpu = [], []
    for _ in range(runs):
        wall, used = time.perf_counter(), time.process_time()
        await work()
        clock.append((time.perf_counter() - wall) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    print(f"{name:<28} {statistics.median(clock):8.0f} {statistics.median(cpu):8.0f}", flush=True)


async def run(turns: int, url: str, runs: int) -> None:
    async with stores.open_store(url) as store:
        begun = time.process_time()
        written = await fill(store, turns)
        used = (time.process_time() - begun) * 1e6 / written
        print(f"{written:,} turns written, {used:.0f} µs of processor time each")
        print(f"{'':<28} {'ms':>8} {'ms CPU':>8}")
        await measured("reading", runs, lambda: store.counted(BOT))

        async def table(by: Any) -> None:
            figures_read = analytics.Figures(await analytics.read_log(store, BOT), UTC)
            if by is None:
                figures_read.totals()
            else:
                figures_read.table(by)

        await measured("totals", runs, lambda: table(None))
        for by in analytics.BY:
            await measured(f"by {by}", runs, lambda by=by: table(by))
        for name, request in requests().items():
            operation = analytics.OPERATIONS[name]
            await measured(name, runs, lambda o=operation, r=request: o(store, r))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=100_000)
    parser.add_argument("--store")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.store or f"sqlite:{Path(folder, 'daehwa.sqlite3')}"
        asyncio.run(run(given.turns, url, given.runs))


if __name__ == "__main__":
    main()
