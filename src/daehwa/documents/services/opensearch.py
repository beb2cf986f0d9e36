"""An index of OpenSearch, on AWS or anywhere: one ``_search`` with ``multi_match``.

Source: OpenSearch's documentation of the search API and of ``multi_match``; requests to a domain
of AWS are signed (service ``es``, or ``aoss`` for a serverless collection).
"""

from __future__ import annotations

import base64
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from hashlib import sha256
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import quote

import msgspec

from daehwa.documents.confidences import confidence
from daehwa.documents.errors import FailureReason, SearchFailed
from daehwa.documents.services import aws_client
from daehwa.documents.services.passage_search import SearchRequest, service_hit
from daehwa.documents.values import Hit

_DOMAIN: Final = re.compile(
    r"https://[^/]+\.(?P<region>[a-z0-9-]+)\.(?P<service>es|aoss)\.amazonaws\."
)
_LEAST: Final = 1.0
_MOST_BYTES: Final = 8 * 2**20
_LONGEST: Final = 1000
_TOO_MANY: Final = 429
_SERVER: Final = 500


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """Which fields of an index hold what; those that a bot names go before these."""

    question: str | None = None
    answer: str | None = None
    title: str | None = None
    link: str | None = None
    others: tuple[str, ...] = ()


class OpenSearch:
    """Searches ``index`` at ``address``.

    ``user`` is name and password. Without one, requests are signed for the service ``signs_for``,
    or the one that a domain's own address tells; elsewhere they go as they are.
    """

    def __init__(
        self,
        address: str,
        index: str,
        *,
        fields: Fields,
        user: tuple[str, str] | None,
        signs_for: str | None,
        region: str | None,
        seconds: float,
        least: float | None,
    ) -> None:
        self._url = f"{address.rstrip('/')}/{quote(index, safe=',*')}/_search"
        self._fields = fields
        self._user = user
        domain = _DOMAIN.match(address)
        service = domain["service"] if domain is not None else None
        self._service = None if user is not None else signs_for or service
        self._region = region or (domain["region"] if domain is not None else None)
        self._seconds = seconds
        self._least = _LEAST if least is None else least
        self._lock = threading.Lock()
        self._session: Any = None
        self._opener = urllib.request.build_opener(_StayHere())

    @property
    def signed(self) -> bool:
        """Whether requests are signed, which takes boto3."""
        return self._service is not None

    def search(self, request: SearchRequest) -> list[Hit]:
        """See ``PassageSearch.search``."""
        answer = request.answer_field or self._fields.answer
        question = request.question_field or self._fields.question
        others = request.fields or self._fields.others
        searched = [name for name in (question, answer, *others) if name]
        body = {
            "size": request.most,
            "query": {
                "multi_match": {
                    "query": request.question[:_LONGEST],
                    "fields": searched or ["*"],
                    "lenient": True,
                }
            },
        }
        response = self._post(msgspec.json.encode(body))
        hits = []
        for number, one in enumerate(_hits(response), start=1):
            source = one.get("_source") or {}
            text = _text(source, (answer,) if answer else (others or tuple(source)))
            if text:
                hits.append(self._hit(number, one, text, question, request))
        return hits

    def _hit(
        self,
        number: int,
        one: Mapping[str, Any],
        text: str,
        question: str | None,
        request: SearchRequest,
    ) -> Hit:
        source = one.get("_source") or {}
        return service_hit(
            number,
            text,
            document_id=str(one.get("_id") or number),
            title=_text(source, (self._fields.title,)) or str(one.get("_index") or ""),
            question=_text(source, (question,)) or None,
            link=_text(source, (self._fields.link,)) or None,
            language=request.language,
            confidence=confidence(float(one.get("_score") or 0), self._least),
        )

    def _post(self, body: bytes) -> Any:
        headers = {"content-type": "application/json", "accept": "application/json"}
        if self._user is not None:
            pair = base64.b64encode(":".join(self._user).encode()).decode()
            headers["authorization"] = f"Basic {pair}"
        elif self._service is not None:
            headers = self._sign(self._service, headers, body)
        request = urllib.request.Request(self._url, body, headers, method="POST")  # noqa: S310 - the operator's
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                content = response.read(_MOST_BYTES + 1)
        except urllib.error.HTTPError as error:
            with error:
                raise SearchFailed(_reason(error.code), _message(error)) from error
        except TimeoutError as error:
            raise SearchFailed("timed out", "opensearch did not answer in time") from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise SearchFailed("timed out", "opensearch did not answer in time") from error
            raise SearchFailed("unreachable", f"opensearch: {error.reason}") from error
        except (OSError, HTTPException) as error:
            raise SearchFailed("unreachable", f"opensearch: {error}") from error
        if len(content) > _MOST_BYTES:
            raise SearchFailed("failed", "opensearch answered with more than is read from it")
        try:
            return msgspec.json.decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise SearchFailed(
                "failed", "opensearch answered with something that is not JSON"
            ) from error

    def _sign(self, service: str, headers: dict[str, str], body: bytes) -> dict[str, str]:
        with aws_client.as_search_errors("opensearch"):
            import boto3  # noqa: PLC0415 - an extra
            from botocore.auth import SigV4Auth  # noqa: PLC0415
            from botocore.awsrequest import AWSRequest  # noqa: PLC0415
            from botocore.exceptions import NoCredentialsError  # noqa: PLC0415

            with self._lock:
                if self._session is None:
                    self._session = boto3.Session()
            credentials = self._session.get_credentials()
            if credentials is None:
                raise NoCredentialsError
            request = AWSRequest("POST", self._url, data=body, headers=headers)
            if service == "aoss":
                request.headers["x-amz-content-sha256"] = sha256(body).hexdigest()
            signer = SigV4Auth(credentials.get_frozen_credentials(), service, self._region)
            signer.add_auth(request)
            return dict(request.headers.items())


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows nobody: credentials are for the address that was configured."""

    def redirect_request(self, *_: Any) -> None:
        """Leave a redirection the error that it is."""


def _hits(response: Any) -> list[Mapping[str, Any]]:
    try:
        hits = response["hits"]["hits"]
        return [one for one in hits if isinstance(one, dict)]
    except (KeyError, TypeError) as error:
        raise SearchFailed(
            "failed", "opensearch answered with something that is not a search result"
        ) from error


def _text(source: Mapping[str, Any], names: tuple[str | None, ...]) -> str:
    """The texts of these fields (``a.b`` is one inside another), one a line."""
    lines = []
    for name in filter(None, names):
        value: Any = source.get(name)
        if value is None:
            value = source
            for part in name.split("."):
                value = value.get(part) if isinstance(value, dict) else None
        parts = value if isinstance(value, list) else [value]
        lines += [str(part).strip() for part in parts if isinstance(part, str | int | float)]
    return "\n".join(filter(None, lines))


def _reason(status: int) -> FailureReason:
    if status == _TOO_MANY:
        return "throttled"
    return "failed" if status >= _SERVER else "refused"


def _message(error: urllib.error.HTTPError) -> str:
    """What OpenSearch says is wrong, shortened; a proxy's page says nothing."""
    try:
        body = msgspec.json.decode(error.read(4096))
        why = body.get("error", body.get("message", ""))
        reason = why.get("reason", "") if isinstance(why, dict) else why
    except (msgspec.DecodeError, UnicodeDecodeError, AttributeError, OSError):
        reason = ""
    return f"opensearch answered {error.code}{': ' if reason else ''}{str(reason)[:200]}"
