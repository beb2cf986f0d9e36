"""What ``/chat`` replies, from what a turn has led to."""

from __future__ import annotations

from daehwa import answers, chat, dialog, lex
from daehwa.conversation.calling import TurnInProgress
from daehwa.conversation.served_bots import ServedLocale


def reply_of(
    progress: TurnInProgress, outcome: dialog.TurnOutcome, timing: chat.Timing
) -> chat.ChatReply:
    """The reply of ``/chat`` to a turn that has come to its end."""
    state, spoken = outcome.session_state, progress.spoken
    intent = state.intent
    error = None
    if spoken is not None and spoken.error is not None:
        error = chat.Fault(
            code=spoken.error.code,
            message=spoken.text,
            request_id=progress.request.request_id,
            retry_after=spoken.error.seconds_to_wait,
        )
    return chat.ChatReply(
        msg=plain_text(outcome.messages),
        session_id=progress.address.session_id,
        message_id=progress.message_id,
        messages=outcome.messages,
        source=spoken.source if spoken is not None else "intent",
        sources=_sources(progress),
        follows=progress.follows,
        bot_id=progress.address.bot_id,
        locale_id=progress.address.locale_id,
        request_id=progress.request.request_id,
        model=spoken.model if spoken is not None else None,
        intent=None
        if intent is None
        else chat.ChatIntent(
            name=intent.name, state=intent.state, confirmation_state=intent.confirmation_state
        ),
        slots=intent.slots if intent is not None else None,
        dialog_action=state.dialog_action,
        session_attributes=state.session_attributes,
        interpretations=outcome.interpretations,
        incomplete=spoken.incomplete if spoken is not None else False,
        stopped=spoken is not None and spoken.stopped and not spoken.cut_short,
        ended=None if spoken is None or spoken.ended == "stop" else spoken.ended,
        notice=_notice(progress, outcome),
        error=error,
        timing=timing,
        usage=_usage(spoken.usage) if spoken is not None else None,
    )


def is_missed(served: ServedLocale, outcome: dialog.TurnOutcome) -> bool:
    """Whether the turn ended in the FallbackIntent."""
    intent = outcome.session_state.intent
    return intent is not None and intent.name == served.plan.fallback


def plain_text(messages: tuple[lex.Message, ...]) -> str:
    """The text messages joined by line ends; SSML without its tags, cards left out."""
    return "\n".join(chat.plain_text(m.content_type, m.content) for m in messages if m.content)


def _usage(usage: answers.Usage | None) -> chat.ChatUsage | None:
    if usage is None:
        return None
    return chat.ChatUsage(
        input_tokens=usage.input_tokens, output_tokens=usage.output_tokens, cost=usage.cost
    )


def _sources(progress: TurnInProgress) -> tuple[chat.SourceReference, ...]:
    """The passages that the reply is from: an answer's, or those that a search intent shows."""
    passages = progress.sources if progress.spoken is None else progress.spoken.sources
    return tuple(
        chat.SourceReference(
            number=one.number,
            title=one.title,
            heading=one.heading,
            link=one.link,
            file=one.file,
            text=one.text,
        )
        for one in passages
    )


def _notice(progress: TurnInProgress, outcome: dialog.TurnOutcome) -> str | None:
    """An honest line beside the reply: the answerer's own, or why there is nothing to read."""
    if progress.spoken is not None:
        return progress.spoken.notice
    if outcome.messages:
        return None
    return chat.silence(progress.address.locale_id, missed=is_missed(progress.served, outcome))
