"""Messages: one from each group, variations chosen, placeholders filled (section 4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from daehwa import bot, lex
from daehwa.dialog.calls import Chooser
from daehwa.dialog.references import Kind, Reference, Scope

MAX_MESSAGES = 10
"""The most messages that one reply of Lex carries."""

_PLACEHOLDER = re.compile(
    r"""\{(?P<slot>[^\W\d][\w.-]*)\}
      | \(\((?P<request>[\w.:/-]+)\)\)
      | \[(?P<session>[\w.:/-]+)\](?!\()   # [words](address) is a Markdown link
    """,
    re.VERBOSE,
)

_ATTRIBUTE = re.compile(r"[A-Za-z_][\w.:/-]*", re.ASCII)

Part: TypeAlias = str | tuple[Reference, str]
"""Plain text, or a reference with the words that stand for it in the template."""


class Template(msgspec.Struct, frozen=True):
    """A text with its placeholders found; ``parts`` is empty when it has none."""

    text: str
    parts: tuple[Part, ...] = ()

    def fill(self, scope: Scope, *, verbatim: bool = False) -> str:
        """Put values in the placeholders.

        A reference to nothing becomes empty, or, when ``verbatim``, stays as it was
        written: a code hook's words may hold brackets that are no placeholders. So do
        ``{word}`` when the intent has no such slot, and ``[1]`` and ``[안내]``, which are
        more likely words in brackets than attributes that nobody set.
        """
        if not self.parts:
            return self.text
        return "".join(
            part if isinstance(part, str) else _filled(*part, scope, verbatim=verbatim)
            for part in self.parts
        )


def _filled(reference: Reference, written: str, scope: Scope, *, verbatim: bool) -> str:
    text = scope.text(reference)
    if text is not None:
        return text
    if verbatim:
        return written
    if reference.kind == "slot":
        known = reference.name in scope.slots or reference.name.split(".", 1)[0] in scope.slots
        return "" if known else written
    return "" if _ATTRIBUTE.fullmatch(reference.name) else written


def template(text: str) -> Template:
    """Find a text's placeholders: ``{Slot}``, ``[session]`` and ``((request))`` attributes."""
    parts: list[Part] = []
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        if found.start() > end:
            parts.append(text[end : found.start()])
        kind: Kind = found.lastgroup  # type: ignore[assignment]
        parts.append((Reference(kind, found[kind]), found[0]))
        end = found.end()
    if not parts:
        return Template(text)
    if end < len(text):
        parts.append(text[end:])
    return Template(text, tuple(parts))


class CardTemplate(msgspec.Struct, frozen=True):
    """A card whose texts may hold placeholders."""

    title: Template
    subtitle: Template | None
    image_url: Template | None
    buttons: tuple[tuple[Template, Template], ...] | None

    def fill(self, scope: Scope, *, verbatim: bool = False) -> lex.ImageResponseCard:
        """Put values in the placeholders of every text."""

        def filled(text: Template | None) -> str | None:
            return None if text is None else text.fill(scope, verbatim=verbatim)

        return lex.ImageResponseCard(
            title=self.title.fill(scope, verbatim=verbatim),
            subtitle=filled(self.subtitle),
            image_url=filled(self.image_url),
            buttons=None
            if self.buttons is None
            else tuple(
                lex.Button(
                    text=text.fill(scope, verbatim=verbatim),
                    value=value.fill(scope, verbatim=verbatim),
                )
                for text, value in self.buttons
            ),
        )


class MessageTemplate(msgspec.Struct, frozen=True):
    """One message, ready to be filled: ``content``, or a card."""

    content_type: lex.ContentType
    content: Template | None = None
    card: CardTemplate | None = None

    def fill(self, scope: Scope, *, verbatim: bool = False) -> lex.Message:
        """Make the message that is sent."""
        return lex.Message(
            content_type=self.content_type,
            content=None if self.content is None else self.content.fill(scope, verbatim=verbatim),
            image_response_card=None
            if self.card is None
            else self.card.fill(scope, verbatim=verbatim),
        )


Groups: TypeAlias = tuple[tuple[MessageTemplate, ...], ...]
"""Message groups; each holds a message and its variations, and gives one of them."""


def groups(specification: bot.ResponseSpecification | bot.PromptSpecification | None) -> Groups:
    """Compile a response's or a prompt's groups; a message with no content is left out."""
    if specification is None:
        return ()
    return message_groups(specification.message_groups_list)


def message_groups(given: Iterable[bot.MessageGroup]) -> Groups:
    """Compile groups."""
    compiled = (
        tuple(
            message
            for definition in (group.message, *(group.variations or ()))
            if (message := _message(definition)) is not None
        )
        for group in given
    )
    return tuple(group for group in compiled if group)


def _message(definition: bot.Message) -> MessageTemplate | None:
    if definition.plain_text_message is not None:
        return MessageTemplate("PlainText", template(definition.plain_text_message.value))
    if definition.ssml_message is not None:
        return MessageTemplate("SSML", template(definition.ssml_message.value))
    if definition.custom_payload is not None:
        return MessageTemplate("CustomPayload", template(definition.custom_payload.value))
    if definition.image_response_card is not None:
        card = definition.image_response_card
        return MessageTemplate(
            "ImageResponseCard",
            card=_card(card.title, card.subtitle, card.image_url, card.buttons_list),
        )
    return None


def _card(
    title: str,
    subtitle: str | None,
    image_url: str | None,
    buttons: Iterable[bot.Button | lex.Button] | None,
) -> CardTemplate:
    return CardTemplate(
        title=template(title),
        subtitle=None if subtitle is None else template(subtitle),
        image_url=None if image_url is None else template(image_url),
        buttons=None
        if buttons is None
        else tuple((template(b.text), template(b.value)) for b in buttons),
    )


def choose_messages(
    given: Groups, scope: Scope, choose: Chooser, *, ordered_attempt: int | None = None
) -> list[lex.Message]:
    """Take one message of each group, in the groups' order.

    Variations are picked at random, or, with ``ordered_attempt`` (0 for the first time a
    prompt is given), in their order, beginning again after the last. A message of which
    nothing is left once its placeholders are filled is not sent.
    """
    filled = (group[_index(len(group), choose, ordered_attempt)].fill(scope) for group in given)
    return [message for message in filled if message.content != ""]


def _index(size: int, choose: Chooser, attempt: int | None) -> int:
    if size == 1:
        return 0
    return choose.randrange(size) if attempt is None else attempt % size


def fill_hook_messages(given: Iterable[lex.Message], scope: Scope) -> list[lex.Message]:
    """Fill the placeholders of a code hook's messages that refer to something."""
    filled = (_refilled(message, scope) for message in given)
    return [message for message in filled if message.content != ""]


def _refilled(message: lex.Message, scope: Scope) -> lex.Message:
    card = message.image_response_card
    return MessageTemplate(
        message.content_type,
        None if message.content is None else template(message.content),
        None if card is None else _card(card.title, card.subtitle, card.image_url, card.buttons),
    ).fill(scope, verbatim=True)


def last_messages(messages: list[lex.Message]) -> tuple[lex.Message, ...]:
    """Keep to Lex's limit; the last messages stay, because the question is among them."""
    return tuple(messages[-MAX_MESSAGES:])
