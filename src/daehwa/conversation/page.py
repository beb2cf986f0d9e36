"""What the chat page shows before anything is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from urllib.parse import urlsplit

from daehwa import bot, chat
from daehwa.conversation.answering import Answering
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.networks import shown_locales
from daehwa.conversation.page_settings import BotPage, PageSetting
from daehwa.conversation.palette import page_theme

_STARTERS = 4
_FEW = 2
_SILENT = ("off", "missing")


async def page_config(
    catalogue: Catalogue,
    page: PageSetting,
    answering: Answering | None,
    *,
    default: chat.DefaultBot,
    locale_id: str,
) -> chat.PageConfig:
    """The answer to ``GET /chat/config``."""
    answer = chat.AnswerStatus(source="none", state="off")
    if answering is not None:
        now = await answering.answerer.ready()
        answer = chat.AnswerStatus(
            source=now.source,
            state=now.state,
            model=now.model,
            progress=now.progress,
            line=now.line(locale_id),
        )
    model = answer.source != "none" and answer.state not in _SILENT
    return chat.PageConfig(
        title=page.titled(locale_id),
        bots=tuple(
            page_bot(
                served.id,
                served.definition,
                shown_locales(catalogue, served),
                page,
                model=model,
            )
            for served in catalogue.bots
        ),
        default=default,
        answer=answer,
        limits=chat.Limits(),
        look=chat.Look(
            logo=page.logo,
            accent=page.accent,
            image_hosts=page.image_hosts,
            card_hosts=image_hosts(catalogue, page),
        ),
    )


def image_hosts(catalogue: Catalogue, page: PageSetting) -> tuple[str, ...]:
    """Whose pictures the page may load: the settings', the logos', and those of bots' cards."""
    hosts = {*page.image_hosts}
    logos = (urlsplit(logo) for logo in page.logos())
    hosts |= {logo.netloc for logo in logos if logo.scheme == "https"}
    for served in catalogue.bots:
        for locale in served.locales.values():
            hosts |= locale.card_hosts
    return tuple(sorted(hosts))


def page_bot(
    bot_id: str,
    definition: bot.Bot,
    locales: Iterable[bot.BotLocale],
    page: PageSetting,
    *,
    model: bool,
) -> chat.PageBot:
    """A bot as the page shows it, in these locales.

    ``model``: what the bot does not understand gets an answer.
    """
    own = page.bot(definition.name, bot_id)
    return chat.PageBot(
        id=bot_id,
        name=definition.name,
        description=definition.description,
        locales=tuple(
            _page_locale(definition, locale, page, own, model=model) for locale in locales
        ),
        theme=page_theme(page, own),
    )


def _page_locale(
    served: bot.Bot,
    definition: bot.BotLocale,
    page: PageSetting,
    own: BotPage,
    *,
    model: bool,
) -> chat.PageLocale:
    """What the first page says in a locale: who this is, and what can be said.

    An operator's own greeting stands alone; otherwise the bot's file says who is speaking.
    """
    name = definition.identifier
    words = partial(page.word, bot=own, locale_id=name)
    greeting = words("greeting")
    about = None if greeting else definition.description or served.description
    starters = words("starters")
    notes: dict[str, str] = {}
    if starters is None:
        starters = bot.starters(definition)[:_STARTERS]
        notes = _notes(definition, starters)
        if model and len(starters) < _FEW:
            # A bot of one intent has little to offer; what it does not know is worth a try.
            question = chat.line("question", name)
            starters = (*starters, question)
            notes[question] = chat.line("question_note", name)
    return chat.PageLocale(
        id=name,
        name=definition.name,
        about=about,
        greeting=greeting or chat.line("greeting", name),
        placeholder=words("placeholder") or chat.line("placeholder", name),
        starters=tuple(starters),
        notes=notes,
        title=words("name") or page.titled(name),
        speaker=words("name"),
        logo=words("logo"),
        privacy=words("privacy"),
        privacy_link=words("privacy_link"),
    )


def _notes(locale: bot.BotLocale, starters: Collection[str]) -> dict[str, str]:
    """What each starter leads to, in the words of its intent's description."""
    return {
        sample.utterance: intent.description
        for intent in locale.intents.values()
        if intent.description
        for sample in intent.sample_utterances or ()
        if sample.utterance in starters
    }
