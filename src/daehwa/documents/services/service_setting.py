"""``[[searches]]`` of ``daehwa.toml``: search services by names of one's own.

A password is named, not written: the file may be shown to others.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec

from daehwa.documents.errors import ServiceMisconfigured
from daehwa.documents.services import aws_client
from daehwa.documents.services.bedrock_knowledge import KnowledgeBase
from daehwa.documents.services.kendra_service import KendraService
from daehwa.documents.services.opensearch import Fields, OpenSearch
from daehwa.documents.services.passage_search import PassageSearch

_KENDRA: Final = re.compile(r"arn:aws[\w-]*:kendra:[a-z0-9-]+:\d{12}:index/[A-Za-z0-9][\w-]*")
_KNOWLEDGE_BASE: Final = re.compile(
    r"(arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:knowledge-base/)?[A-Za-z0-9]{10}"
)
_OPENSEARCH: Final = re.compile(r"https?://[^/?#\s@]+(/[^?#\s]*)?")


class ServiceSetting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A search service: what it is called here, where it is, and who asks it.

    Exactly one of ``kendra`` and ``knowledge_base`` (ARNs) and ``opensearch`` (an address) is
    set. Bots whose search intents name that one ask it; with ``documents`` it is also asked
    beside the documents of the data folder, for ``bot`` (name or id) and ``locale``.
    ``confidence`` is the service's own score from which on it is believed, ``seconds`` how long it
    may take. ``region`` is AWS's where the ARN or address does not say it, ``endpoint_url`` the
    address of the service itself (a VPC endpoint).

    Of OpenSearch: ``index``, the fields that hold question, answer, title and link, further
    ``fields`` that are searched, and ``user`` with the name of the variable that holds the
    ``password``; without a user, requests to a domain of AWS are signed, and with ``sign`` (``es``
    or ``aoss``) those to an address of one's own for it.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    kendra: str | None = None
    knowledge_base: str | None = None
    opensearch: str | None = None
    documents: bool = True
    bot: str = "*"
    locale: str = "*"
    confidence: Annotated[float, msgspec.Meta(ge=0)] | None = None
    seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] = 4.0
    region: str | None = None
    endpoint_url: str | None = None
    index: str | None = None
    question_field: str | None = None
    answer_field: str | None = None
    title_field: str | None = None
    link_field: str | None = None
    fields: tuple[str, ...] = ()
    user: str | None = None
    password: str | None = None
    sign: Literal["es", "aoss"] | None = None

    def __post_init__(self) -> None:
        kinds = (
            ("kendra", self.kendra, _KENDRA),
            ("knowledge_base", self.knowledge_base, _KNOWLEDGE_BASE),
            ("opensearch", self.opensearch, _OPENSEARCH),
        )
        chosen = [(name, value, form) for name, value, form in kinds if value is not None]
        if len(chosen) != 1:
            raise ValueError("a search needs exactly one of kendra, knowledge_base and opensearch")
        name, value, form = chosen[0]
        if form.fullmatch(value) is None:
            raise ValueError(f"{name} is not valid: {value!r}")
        if self.opensearch is not None and not self.index:
            raise ValueError("a search of OpenSearch needs an index")
        if self.sign is not None and (self.region is None or self.user is not None):
            raise ValueError("sign needs a region, and no user")
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password (the name of a variable) go together")

    def build(self, environ: Mapping[str, str]) -> PassageSearch:
        """What searches there; nothing is called yet.

        Raises:
            ServiceMisconfigured: boto3 is not installed, or a variable is not set.
        """
        limits: dict[str, Any] = {"seconds": self.seconds, "least": self.confidence}
        service: PassageSearch
        signed = True
        if self.kendra is not None:
            service = KendraService(self.kendra, endpoint_url=self.endpoint_url, **limits)
        elif self.knowledge_base is not None:
            service = KnowledgeBase(
                self.knowledge_base, region=self.region, endpoint_url=self.endpoint_url, **limits
            )
        else:
            service = self._opensearch(environ, **limits)
            signed = service.signed
        if signed and not aws_client.available():
            raise ServiceMisconfigured(
                f"[[searches]]: {self.name!r} needs boto3: {sys.executable} -m pip install boto3"
            )
        return service

    def _opensearch(self, environ: Mapping[str, str], **limits: Any) -> OpenSearch:
        user = None
        if self.user is not None and self.password is not None:
            password = environ.get(self.password)
            if not password:
                raise ServiceMisconfigured(
                    f"[[searches]]: {self.password} is not set; {self.name!r} needs its password"
                )
            user = (self.user, password)
        return OpenSearch(
            self.opensearch or "",
            self.index or "",
            fields=Fields(
                question=self.question_field,
                answer=self.answer_field,
                title=self.title_field,
                link=self.link_field,
                others=self.fields,
            ),
            user=user,
            signs_for=self.sign,
            region=self.region,
            **limits,
        )

    def is_named_by(self, configuration: Mapping[str, Any]) -> bool:
        """Whether a search intent's configuration names this one.

        ``configuration`` is ``kendraConfiguration`` or ``qnAIntentConfiguration`` of Lex's export.
        """
        source = configuration.get("dataSourceConfiguration") or {}
        index = configuration.get("kendraIndex") or _part(source, "kendraConfiguration").get(
            "kendraIndex"
        )
        if self.kendra is not None:
            return bool(index == self.kendra)
        if self.knowledge_base is not None:
            store = _part(source, "bedrockKnowledgeStoreConfiguration")
            named = str(store.get("bedrockKnowledgeBaseArn") or "")
            return named.rpartition("/")[2] == self.knowledge_base.rpartition("/")[2]
        domain = _part(source, "opensearchConfiguration")
        address = str(domain.get("domainEndpoint") or "").rstrip("/")
        return address == (self.opensearch or "").rstrip("/") and domain.get("indexName") == (
            self.index
        )


def _part(source: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = source.get(name)
    return part if isinstance(part, dict) else {}
