"""Messages: one from each group, variations chosen, placeholders filled (section 4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

from daehwa import bot, lex
from daehwa.dialog.calls import Chooser, ReadingChooser
from daehwa.dialog.scope import Reference, ReferenceKind, Scope

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


class Placeholder(msgspec.Struct, frozen=True):
    """A reference in a text, and how it is ``written`` there."""

    reference: Reference
    written: str

    def fill(self, scope: Scope, *, verbatim: bool) -> str:
        """Return the text that stands in its place; see ``TextTemplate.fill``."""
        text = scope.text(self.reference)
        if text is not None:
            return text
        if verbatim:
            return self.written
        name = self.reference.name
        if self.reference.kind == "slot":
            known = name in scope.slots or name.split(".", 1)[0] in scope.slots
            return "" if known else self.written
        return "" if _ATTRIBUTE.fullmatch(name) else self.written


class TextTemplate(msgspec.Struct, frozen=True):
    """A text, split at its placeholders; ``parts`` is empty when it has none."""

    text: str
    parts: tuple[str | Placeholder, ...] = ()

    def fill(self, scope: Scope, *, verbatim: bool = False) -> str:
        """Put values in the placeholders.

        A reference to nothing becomes empty, or, when ``verbatim``, stays as it was
        written: a code hook's words may hold brackets that are not placeholders. So do
        ``{word}`` when the intent has no such slot, and ``[1]`` and ``[안내]``, which are
        more likely words in brackets than attributes that nobody set.
        """
        if not self.parts:
            return self.text
        return "".join(
            part if isinstance(part, str) else part.fill(scope, verbatim=verbatim)
            for part in self.parts
        )


def template(text: str) -> TextTemplate:
    """Split a text at its placeholders: ``{Slot}``, ``[attribute]``, ``((request attribute))``."""
    parts: list[str | Placeholder] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        kind: ReferenceKind = match.lastgroup  # type: ignore[assignment]
        parts.append(Placeholder(Reference(kind, match[kind]), match[0]))
        end = match.end()
    if not parts:
        return TextTemplate(text)
    if end < len(text):
        parts.append(text[end:])
    return TextTemplate(text, tuple(parts))


class ButtonTemplate(msgspec.Struct, frozen=True):
    """A card's button whose texts may hold placeholders."""

    text: TextTemplate
    value: TextTemplate

    def fill(self, scope: Scope, *, verbatim: bool = False) -> lex.Button:
        """Put values in the placeholders of both texts."""
        return lex.Button(
            text=self.text.fill(scope, verbatim=verbatim),
            value=self.value.fill(scope, verbatim=verbatim),
        )


class CardTemplate(msgspec.Struct, frozen=True):
    """A card whose texts may hold placeholders."""

    title: TextTemplate
    subtitle: TextTemplate | None
    image_url: TextTemplate | None
    buttons: tuple[ButtonTemplate, ...] | None

    def fill(self, scope: Scope, *, verbatim: bool = False) -> lex.ImageResponseCard:
        """Put values in the placeholders of every text."""

        def filled(text: TextTemplate | None) -> str | None:
            return None if text is None else text.fill(scope, verbatim=verbatim)

        return lex.ImageResponseCard(
            title=self.title.fill(scope, verbatim=verbatim),
            subtitle=filled(self.subtitle),
            image_url=filled(self.image_url),
            buttons=None
            if self.buttons is None
            else tuple(button.fill(scope, verbatim=verbatim) for button in self.buttons),
        )

    def texts(self) -> Iterator[TextTemplate | None]:
        """Every text of the card."""
        yield from (self.title, self.subtitle, self.image_url)
        for button in self.buttons or ():
            yield from (button.text, button.value)


class MessageTemplate(msgspec.Struct, frozen=True):
    """One message, ready to be filled: ``content``, or a card.

    ``fixed`` is the message itself where there is nothing to fill.
    """

    content_type: lex.ContentType
    content: TextTemplate | None = None
    card: CardTemplate | None = None
    fixed: lex.Message | None = None

    def fill(self, scope: Scope, *, verbatim: bool = False) -> lex.Message:
        """Make the message that is sent."""
        if self.fixed is not None:
            return self.fixed
        return lex.Message(
            content_type=self.content_type,
            content=None if self.content is None else self.content.fill(scope, verbatim=verbatim),
            image_response_card=None
            if self.card is None
            else self.card.fill(scope, verbatim=verbatim),
        )

    def filled_once(self) -> MessageTemplate:
        """The same, already filled if it has no placeholders: most have none."""
        texts = (self.content, *(() if self.card is None else self.card.texts()))
        if any(text is not None and text.parts for text in texts):
            return self
        return msgspec.structs.replace(self, fixed=self.fill(Scope()))


Groups: TypeAlias = tuple[tuple[MessageTemplate, ...], ...]
"""Message groups; each holds a message and its variations, and gives one of them."""


def compile_groups(
    specification: bot.ResponseSpecification | bot.PromptSpecification | None,
) -> Groups:
    """Compile a response's or a prompt's groups; a message with no content is left out."""
    if specification is None:
        return ()
    return compile_message_groups(specification.message_groups_list)


def compile_message_groups(definitions: Iterable[bot.MessageGroup]) -> Groups:
    """Compile groups."""
    compiled = (
        tuple(
            message.filled_once()
            for definition in (group.message, *(group.variations or ()))
            if (message := _message(definition)) is not None
        )
        for group in definitions
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
        else tuple(ButtonTemplate(template(b.text), template(b.value)) for b in buttons),
    )


def choose_messages(
    groups: Groups, scope: Scope, choose: Chooser, *, ordered_attempt: int | None = None
) -> list[lex.Message]:
    """Take one message of each group, in the groups' order.

    Variations are picked at random, or, with ``ordered_attempt`` (0 for the first time a
    prompt is given), in their order, beginning again after the last. A message of which
    nothing is left once its placeholders are filled is not sent.
    """
    chosen = (_variation(group, scope, choose, ordered_attempt) for group in groups)
    return [message for message in chosen if message.content != ""]


def _variation(
    group: tuple[MessageTemplate, ...], scope: Scope, choose: Chooser, attempt: int | None
) -> lex.Message:
    if len(group) == 1:
        return group[0].fill(scope)
    if attempt is not None:
        return group[attempt % len(group)].fill(scope)
    if isinstance(choose, ReadingChooser):
        filled = [variation.fill(scope) for variation in group]
        return filled[choose.pick(filled)]
    return group[choose.randrange(len(group))].fill(scope)


def fill_hook_messages(messages: Iterable[lex.Message], scope: Scope) -> list[lex.Message]:
    """Fill the placeholders of a code hook's messages that refer to something."""
    filled = (_refilled(message, scope) for message in messages)
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
