"""The library as Kendra's index: what each operation does.

There is one index. Its id is always the same, so that a client may keep it.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final

import msgspec

from daehwa.documents.confidences import ENOUGH
from daehwa.documents.encoding import SentenceEncoder
from daehwa.documents.errors import LibraryBusy, Unreadable
from daehwa.documents.indexing import GivenDocument, Indexer
from daehwa.documents.kendra import filters, suggestions
from daehwa.documents.kendra import query_results as results
from daehwa.documents.kendra import result_pages as pages
from daehwa.documents.kendra.errors import IndexInUse, IndexMissing, InvalidRequest
from daehwa.documents.kendra.query_ids import check_query, check_result, new_query_id
from daehwa.documents.kendra.shapes import kendra_requests as requests
from daehwa.documents.kendra.shapes import kendra_responses as responses
from daehwa.documents.library import ALL, Filtering, Library
from daehwa.documents.reading import read_bytes
from daehwa.documents.shared_library import SharedLibrary
from daehwa.documents.values import Attributes, Document, Hit

INDEX_ID: Final = str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:daehwa:documents"))
"""The id of the index."""

_NAME: Final = "daehwa-documents"
_MOST: Final = 100
_PAGE: Final = 10
_SUGGESTIONS: Final = 10
_ENDINGS: Final[Mapping[str | None, str]] = {
    None: ".txt",
    "PLAIN_TEXT": ".txt",
    "HTML": ".html",
    "MD": ".md",
    "PDF": ".pdf",
    "MS_WORD": ".docx",
    "CSV": ".csv",
    "JSON": ".json",
}
_VALUE_TYPES: Final = {
    "StringValue": "STRING_VALUE",
    "StringListValue": "STRING_LIST_VALUE",
    "LongValue": "LONG_VALUE",
    "DateValue": "DATE_VALUE",
}


class KendraIndex:
    """Carries out Kendra's operations on the library of a data folder.

    Safe to use from several threads; what writes takes turns with ``daehwa index``. ``shared`` is
    the library of which the folder has a copy, where machines share one.
    """

    def __init__(
        self,
        data: Path,
        encoder: SentenceEncoder | None = None,
        *,
        shared: SharedLibrary | None = None,
    ) -> None:
        self._data = data
        self._shared = shared
        self._encoder = encoder
        self.library = Library(data, encoder)

    def close(self) -> None:
        """Release the library's files."""
        self.library.close()

    # --- asking -----------------------------------------------------------------------

    def query(self, request: requests.QueryRequest) -> responses.QueryResult:
        """Answers, answered questions and documents, in this order.

        Raises:
            KendraError: the request cannot be served.
        """
        _check_index(request.index_id)
        _refuse(request, ("collapse_configuration", "document_relevance_override_configurations"))
        question = (request.query_text or "").strip()
        if not question and request.attribute_filter is None:
            raise InvalidRequest("A query has a QueryText or an AttributeFilter")
        query_id = new_query_id()
        filtering, admitted = self._filtering(request.attribute_filter)
        hits = self.library.search(question, filtering, most=_MOST) if question else []
        items = list(self._items(hits, query_id, question))
        if not question:
            items = self._browse(filtering, query_id)
        if request.query_result_type_filter is not None:
            items = [one for one in items if one.type == request.query_result_type_filter]
        items = pages.in_order(items, request, admitted)
        page = pages.paged(items, request.page_number, request.page_size)
        wanted = request.requested_document_attributes
        return responses.QueryResult(
            query_id=query_id,
            result_items=[pages.with_attributes(one, admitted, wanted) for one in page],
            facet_results=[pages.counted(one, items, admitted) for one in request.facets or ()],
            total_number_of_results=len(items),
        )

    def search_for_bot(
        self, question: str, filtering: Filtering, query_filter: str | None
    ) -> responses.QueryResult | None:
        """Query for a bot's search intent; ``None`` where no result is likely enough an answer.

        Raises:
            KendraError: the intent's filter is not valid.
        """
        if query_filter is not None:
            admitted, _ = self._filtering(filters.read_filter(query_filter))
            filtering = msgspec.structs.replace(filtering, documents=admitted.documents)
        hits = self.library.search(question, filtering, most=_PAGE)
        if not hits or max(hit.confidence for hit in hits) < ENOUGH:
            return None
        hits.sort(key=lambda hit: -hit.confidence)
        query_id = new_query_id()
        items = list(self._items(hits, query_id, question))
        return responses.QueryResult(
            query_id=query_id, result_items=items, total_number_of_results=len(items)
        )

    def retrieve(self, request: requests.RetrieveRequest) -> responses.RetrieveResult:
        """Passages whole, for a model to read; questions that were answered are Query's.

        Raises:
            KendraError: the request cannot be served.
        """
        _check_index(request.index_id)
        _refuse(request, ("document_relevance_override_configurations",))
        if not request.query_text.strip():
            raise InvalidRequest("QueryText is empty")
        query_id = new_query_id()
        filtering, admitted = self._filtering(request.attribute_filter)
        hits = [
            hit
            for hit in self.library.search(request.query_text, filtering, most=_MOST)
            if hit.question is None
        ]
        page = pages.paged(hits, request.page_number, request.page_size)
        wanted = request.requested_document_attributes
        return responses.RetrieveResult(
            query_id=query_id,
            result_items=[
                pages.with_attributes(results.passage_item(hit, query_id), admitted, wanted)
                for hit in page
            ],
        )

    def suggest(
        self, request: requests.GetQuerySuggestionsRequest
    ) -> responses.GetQuerySuggestionsResponse:
        """What may be meant by the words typed so far.

        Questions and headings of the documents that hold them, or the values of attributes that do.

        Raises:
            KendraError: the request cannot be served.
        """
        _check_index(request.index_id)
        most = (
            _SUGGESTIONS if request.max_suggestions_count is None else request.max_suggestions_count
        )
        if most < 1:
            raise InvalidRequest("MaxSuggestionsCount is at least 1")
        typed = suggestions.typed_words(request.query_text)
        config = suggestions.wanted_attributes(request)
        if config is None:
            fitting = suggestions.from_texts(self.library.questions(1000), typed)
        else:
            rows = self._filtering(config.attribute_filter)[0].documents
            having = (
                (document_id, attributes)
                for row, document_id, _, attributes in self.library.attributes()
                if rows is None or row in rows
            )
            fitting = suggestions.from_attributes(having, config, typed)
        return responses.GetQuerySuggestionsResponse(
            query_suggestions_id=str(uuid.uuid4()), suggestions=fitting[:most]
        )

    def submit_feedback(self, request: requests.SubmitFeedbackRequest) -> None:
        """Take note of what helped. It changes no ranking here.

        Raises:
            KendraError: there is no such index, query or result.
        """
        _check_index(request.index_id)
        check_query(request.query_id)
        for one in (
            *(request.click_feedback_items or ()),
            *(request.relevance_feedback_items or ()),
        ):
            check_result(one.result_id, request.query_id)

    def list_indices(self, request: requests.ListIndicesRequest) -> responses.ListIndicesResponse:
        """The one index."""
        if request.next_token is not None:
            raise InvalidRequest("The NextToken is not one that this server gave")
        return responses.ListIndicesResponse(
            index_configuration_summary_items=[
                responses.IndexConfigurationSummary(
                    name=_NAME,
                    id=INDEX_ID,
                    edition="DEVELOPER_EDITION",
                    created_at=0.0,
                    updated_at=0.0,
                    status="ACTIVE",
                )
            ]
        )

    def describe(self, request: requests.DescribeIndexRequest) -> responses.DescribeIndexResponse:
        """What the index holds.

        Raises:
            KendraError: there is no such index.
        """
        _check_index(request.id)
        documents, questions, size = self.library.size
        kinds = {
            key: _VALUE_TYPES[next(iter(value))]
            for _, _, _, attributes in self.library.attributes()
            for key, value in attributes.items()
            if value
        }
        return responses.DescribeIndexResponse(
            name=_NAME,
            id=INDEX_ID,
            edition="DEVELOPER_EDITION",
            status="ACTIVE",
            description="The documents of this server",
            created_at=0.0,
            updated_at=0.0,
            document_metadata_configurations=[
                msgspec.convert(
                    {"Name": key[:30], "Type": kind}, responses.DocumentMetadataConfiguration
                )
                for key, kind in sorted(kinds.items())
            ],
            index_statistics=responses.IndexStatistics(
                faq_statistics=responses.FaqStatistics(indexed_question_answers_count=questions),
                text_document_statistics=responses.TextDocumentStatistics(
                    indexed_text_documents_count=documents, indexed_text_bytes=size
                ),
            ),
        )

    # --- writing ----------------------------------------------------------------------

    def put(self, request: requests.BatchPutDocumentRequest) -> responses.BatchPutDocumentResponse:
        """Index documents, or replace those with their ids; they are there when this returns.

        Raises:
            KendraError: the request cannot be served.
        """
        _check_index(request.index_id)
        _refuse(request, ("custom_document_enrichment_configuration",))
        failed = []
        with self._writing() as indexer:
            for one in request.documents:
                try:
                    indexer.put(_given(one))
                except InvalidRequest as error:
                    failed.append(
                        responses.BatchPutDocumentResponseFailedDocument(
                            id=one.id, error_code="InvalidRequest", error_message=str(error)
                        )
                    )
                except Unreadable as error:
                    indexer.fail(one.id, error)
            indexer.publish()
        return responses.BatchPutDocumentResponse(failed_documents=failed)

    def delete(
        self, request: requests.BatchDeleteDocumentRequest
    ) -> responses.BatchDeleteDocumentResponse:
        """Remove documents; one that is not there is no failure, as in Kendra.

        Raises:
            KendraError: the request cannot be served.
        """
        _check_index(request.index_id)
        _refuse(request, ("data_source_sync_job_metric_target",))
        with self._writing() as indexer:
            indexer.remove(request.document_id_list)
            indexer.publish()
        return responses.BatchDeleteDocumentResponse(failed_documents=[])

    def status(
        self, request: requests.BatchGetDocumentStatusRequest
    ) -> responses.BatchGetDocumentStatusResponse:
        """How far documents are.

        Raises:
            KendraError: the request cannot be served.
        """
        _check_index(request.index_id)
        statuses = []
        for one in request.document_info_list:
            state = self.library.state(one.document_id)
            if state is None:
                status = responses.Status(document_id=one.document_id, document_status="NOT_FOUND")
            elif state[0] == "failed":
                code, _, reason = state[1].partition(": ")
                status = responses.Status(
                    document_id=one.document_id,
                    document_status="FAILED",
                    failure_code=code,
                    failure_reason=reason,
                )
            else:
                status = responses.Status(document_id=one.document_id, document_status="INDEXED")
            statuses.append(status)
        return responses.BatchGetDocumentStatusResponse(errors=[], document_status_list=statuses)

    # --- parts ------------------------------------------------------------------------

    def _writing(self) -> _Writing:
        return _Writing(Indexer(self._data, self._encoder, shared=self._shared))

    def _filtering(
        self, chosen: requests.AttributeFilter | None
    ) -> tuple[Filtering, dict[str, Attributes]]:
        """What a filter lets through, and the attributes of every document by its id."""
        known = list(self.library.attributes())
        by_id = {document_id: attributes for _, document_id, _, attributes in known}
        if chosen is None:
            return ALL, by_id
        filters.admits(chosen, {})  # a filter that is none is refused, however few documents
        rows = frozenset(
            row for row, _, _, attributes in known if filters.admits(chosen, attributes)
        )
        return Filtering(documents=rows), by_id

    def _items(
        self, hits: list[Hit], query_id: str, question: str
    ) -> Iterable[responses.QueryResultItem]:
        best = next((hit for hit in hits if hit.question is None), None)
        if best is not None and best.confidence >= ENOUGH and best is hits[0]:
            excerpt = self.library.excerpt(best, question)
            yield results.answer_item(best, query_id, question, excerpt)
        yield from (
            results.question_item(hit, query_id, question)
            for hit in hits
            if hit.question is not None and hit.confidence >= ENOUGH
        )
        shown: set[str] = set()
        for hit in hits:
            if hit.question is None and hit.document_id not in shown:
                shown.add(hit.document_id)
                yield results.document_item(hit, query_id, question)

    def _browse(self, filtering: Filtering, query_id: str) -> list[responses.QueryResultItem]:
        """The documents that a filter alone lets through, each with its beginning."""
        return [
            results.document_item(hit, query_id, "") for hit in self.library.beginnings(filtering)
        ]


class _Writing:
    """An indexer's context, whose errors are Kendra's."""

    def __init__(self, indexer: Indexer) -> None:
        self._indexer = indexer

    def __enter__(self) -> Indexer:
        try:
            return self._indexer.__enter__()
        except LibraryBusy as error:
            raise IndexInUse(str(error)) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._indexer.__exit__(kind, error, trace)
        if isinstance(error, LibraryBusy):
            # Another machine has published meanwhile.
            raise IndexInUse(str(error)) from error


def _check_index(index_id: str) -> None:
    if index_id != INDEX_ID:
        raise IndexMissing(
            f"The index {index_id} does not exist; ListIndices names the one that does"
        )


def _refuse(request: msgspec.Struct, members: tuple[str, ...]) -> None:
    """Refuse what this program does not do, so that nothing is ignored in silence."""
    for name in members:
        if getattr(request, name, None) is not None:
            wire = dict(
                zip(request.__struct_fields__, request.__struct_encode_fields__, strict=True)
            )[name]
            raise InvalidRequest(f"{wire} is not supported by this server")


def _given(one: requests.Document) -> GivenDocument:
    """A document as it is indexed.

    Raises:
        InvalidRequest: it is given in a way that is not supported here.
        Unreadable: its content cannot be read.
    """
    if one.access_control_list or one.hierarchical_access_control_list:
        raise InvalidRequest("Access control lists are not enforced by this server")
    if one.access_control_configuration_id is not None:
        raise InvalidRequest("Access control configurations are not enforced by this server")
    if one.blob is None:
        raise InvalidRequest("This server reads no S3: send the document as its Blob")
    ending = _ENDINGS.get(one.content_type)
    if ending is None:
        raise InvalidRequest(f"ContentType {one.content_type} is not read by this server")
    try:
        data = base64.b64decode(one.blob, validate=True)
    except binascii.Error:
        raise InvalidRequest("The Blob is not in base 64") from None
    attributes = {
        attribute.key: attribute.value.members()
        for attribute in one.attributes or ()
        if filters.value_of(attribute.value) is not None
    }
    read = read_bytes(data, f"document{ending}")
    title = one.title or (read.title if read.title != "document" else one.id)
    return GivenDocument(
        document_id=one.id,
        document=Document(title=title, sections=read.sections, questions=read.questions),
        link=_text(attributes, "_source_uri"),
        language=_text(attributes, "_language_code"),
        attributes=attributes,
    )


def _text(attributes: Attributes, key: str) -> str | None:
    text = attributes.get(key, {}).get("StringValue")
    return text if isinstance(text, str) else None
