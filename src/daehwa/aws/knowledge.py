"""Passages from the documents' file, a Bedrock knowledge base or a Kendra index, by the role.

Source: the API references of Retrieve, in "Agents for Amazon Bedrock Runtime" and in Amazon Kendra.
What scores mean is as in ``daehwa.documents``, which searches at home.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from daehwa.answers import PASSAGES, Question, SourcePassage, standing_alone
from daehwa.aws.aws_service import AwsService
from daehwa.aws.errors import FunctionError
from daehwa.documents import confidence

if TYPE_CHECKING:
    from daehwa.documents import PortableIndex

_LONGEST = 1000
_BEDROCK_LEAST, _KENDRA_LEAST = 0.4, 0.6
_KENDRA_SCORES = {"VERY_HIGH": 0.95, "HIGH": 0.8, "MEDIUM": 0.6, "LOW": 0.3}
_TITLES = ("title", "x-amz-bedrock-kb-title", "_document_title")
_TARGET = "AWSKendraFrontendService.Retrieve"


class RetrievedPassage(NamedTuple):
    """A passage, and how likely it holds the answer (0 to 1)."""

    text: str
    title: str
    place: str
    confidence: float


def search(
    searches: list[dict[str, Any]],
    question: Question,
    *,
    index: PortableIndex | None = None,
    bots: Collection[str] = (),
) -> list[RetrievedPassage]:
    """The passages that most likely answer, best first; of a service that fails there are none.

    ``index`` are the team's own documents, of which those of ``bots`` and of everyone are searched.
    A question that may hang on the one before is searched for as it is and together with that one,
    and of both the surer result counts.
    """
    texts = standing_alone(question.text, question.history)
    results = [_surest(each) for each in _searched(searches, texts, question.locale)]
    if index is not None:
        in_file = [_search_index(index, text, question.locale, bots) for text in texts]
        results.append(_surest(in_file))
    passages = [passage for each in results for passage in each]
    return sorted(passages, key=lambda passage: -passage.confidence)


def _searched(
    searches: list[dict[str, Any]], texts: list[str], locale: str
) -> list[list[list[RetrievedPassage]]]:
    """For each of ``searches`` what it gives for each of ``texts``, all at the same time."""
    if len(searches) * len(texts) <= 1:
        return [[_search_one(one, text, locale) for text in texts] for one in searches]
    with ThreadPoolExecutor(len(searches) * len(texts)) as pool:
        running = [
            [pool.submit(_search_one, one, text, locale) for text in texts] for one in searches
        ]
        return [[one.result() for one in each] for each in running]


def _surest(results: list[list[RetrievedPassage]]) -> list[RetrievedPassage]:
    """The result whose best passage is the likeliest; the first of equal ones."""
    return max(results, key=lambda passages: max((one.confidence for one in passages), default=0.0))


def numbered(passages: list[RetrievedPassage]) -> tuple[SourcePassage, ...]:
    """The passages as sources, with the numbers that an answer cites them by."""
    return tuple(
        SourcePassage(
            number=number,
            title=passage.title,
            text=passage.text,
            link=passage.place if passage.place.lower().startswith(("http:", "https:")) else None,
            file=unquote(urlsplit(passage.place).path.rpartition("/")[2]) or None
            if passage.place and not passage.place.lower().startswith(("http:", "https:"))
            else None,
        )
        for number, passage in enumerate(passages, start=1)
    )


def _search_index(
    index: PortableIndex, text: str, locale: str, bots: Collection[str]
) -> list[RetrievedPassage]:
    hits = index.search(text, bots=bots, locale=locale, most=PASSAGES)
    return [
        RetrievedPassage(hit.text, hit.title, hit.link or hit.file or "", hit.confidence)
        for hit in hits
    ]


def _search_one(setting: Mapping[str, Any], text: str, locale: str) -> list[RetrievedPassage]:
    try:
        if setting.get("knowledge_base"):
            passages = _knowledge_base(setting, text)
        else:
            passages = _kendra(setting, text, locale)
        return [one for one in passages if _is_passage(one)]
    except FunctionError as error:
        # No words of the person: the service's own code.
        reason = str(error)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # Its members are not of their types.
        reason = f"the answer is not what the service gives ({type(error).__name__})"
    line = {"event": "document_search_failed", "search": setting["name"], "error": reason}
    print(json.dumps(line))  # noqa: T201
    return []


def _is_passage(one: RetrievedPassage) -> bool:
    """Whether what a service gave has the types of a passage; a confidence may be no number."""
    return all(isinstance(text, str) for text in one[:3]) and one.confidence >= 0


def _knowledge_base(setting: Mapping[str, Any], text: str) -> list[RetrievedPassage]:
    arn = setting["knowledge_base"]
    service = _service(setting, arn, "Bedrock Agent Runtime", "bedrock-agent-runtime", "bedrock")
    identifier = quote(arn.rpartition("/")[2], safe="")
    answer = _call(
        service,
        f"/knowledgebases/{identifier}/retrieve",
        {
            "retrievalQuery": {"text": text[:_LONGEST]},
            "retrievalConfiguration": {"vectorSearchConfiguration": {"numberOfResults": PASSAGES}},
        },
        seconds=setting["seconds"],
    )
    least = setting.get("confidence")
    passages = []
    for item in answer.get("retrievalResults") or ():
        words = str((item.get("content") or {}).get("text") or "").strip()
        metadata = item.get("metadata") or {}
        place = _place(item.get("location") or {})
        title = next((metadata[one] for one in _TITLES if isinstance(metadata.get(one), str)), "")
        sure = confidence(float(item.get("score") or 0), _BEDROCK_LEAST if least is None else least)
        if words:
            passages.append(RetrievedPassage(words, title or place.rpartition("/")[2], place, sure))
    return passages


def _kendra(setting: Mapping[str, Any], text: str, locale: str) -> list[RetrievedPassage]:
    arn = setting["kendra"]
    service = _service(setting, arn, "kendra", "kendra", "kendra")
    body: dict[str, Any] = {"IndexId": arn.rpartition("/")[2], "QueryText": text[:_LONGEST]}
    language = locale.replace("-", "_").partition("_")[0].lower()
    if language != "en":
        # Without it Kendra searches English documents alone.
        value = {"Key": "_language_code", "Value": {"StringValue": language}}
        body["AttributeFilter"] = {"EqualsTo": value}
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": _TARGET}
    answer = _call(service, "/", body, seconds=setting["seconds"], headers=headers)
    least = setting.get("confidence")
    passages = []
    for item in (answer.get("ResultItems") or ())[:PASSAGES]:
        name = (item.get("ScoreAttributes") or {}).get("ScoreConfidence", "")
        sure = confidence(
            _KENDRA_SCORES.get(name, _KENDRA_LEAST), _KENDRA_LEAST if least is None else least
        )
        if item.get("Content"):
            title, place = item.get("DocumentTitle") or "", item.get("DocumentURI") or ""
            passages.append(RetrievedPassage(item["Content"], title, place, sure))
    return passages


def _service(
    setting: Mapping[str, Any], arn: str, name: str, prefix: str, signing_name: str
) -> AwsService:
    parts = arn.split(":")
    region = setting.get("region") or (parts[3] if len(parts) > 3 else None)  # noqa: PLR2004 - an ARN's
    return AwsService(name, prefix=prefix, signing_name=signing_name, region=region)


def _call(
    service: AwsService,
    path: str,
    body: dict[str, Any],
    *,
    seconds: float,
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    try:
        return service.call("POST", path, body, headers=headers, timeout=seconds)
    finally:
        service.close()


def _place(location: Mapping[str, Any]) -> str:
    for member in location.values():
        if isinstance(member, dict):
            for name in ("uri", "url"):
                if member.get(name):
                    return str(member[name])
    return ""
