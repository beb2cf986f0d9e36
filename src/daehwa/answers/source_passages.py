"""Where a bot wants documents searched for an answer, and the passages that it is from."""

from __future__ import annotations

from typing import NamedTuple


class SearchOrder(NamedTuple):
    """Where a bot wants documents searched, and what of them it wants shown.

    ``source`` is the name of a service of ``[[searches]]``, ``None`` the documents of the data
    folder. ``exact`` wants the passage as it stands, not what a model makes of it. The others are
    as in ``documents.SearchRequest``.
    """

    source: str | None = None
    exact: bool = False
    attribute_filter: dict[str, object] | None = None
    question_field: str | None = None
    answer_field: str | None = None
    fields: tuple[str, ...] = ()


class SourcePassage(NamedTuple):
    """A passage that an answer is from.

    ``number`` is what the text cites it by (``[1]``); a ``link`` leads to the document on the
    web, ``file`` is the name of one that is not there. ``heading`` is where in the document.
    """

    number: int
    title: str
    text: str
    heading: str | None = None
    link: str | None = None
    file: str | None = None
