"""``daehwa transcript`` and ``daehwa forget``: what is kept of one person, and forgetting it."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console

from daehwa import chat, stores
from daehwa.cli.counting import counted
from daehwa.cli.deployed_table import DeployedTable, TableRegion, read_deployed
from daehwa.cli.options import Config, Data, opening
from daehwa.conversation import Opening, forget_session, open_sessions
from daehwa.server import session_of_user

_TURNS_AT_ONCE = 200

_decode_reply = msgspec.json.Decoder(chat.ChatReply).decode

Session = Annotated[
    str | None,
    typer.Argument(metavar="SESSION", help="The session's id.", show_default=False),
]
User = Annotated[
    str | None,
    typer.Option(help="Instead of SESSION: the `user` that a client of /v1 sent."),
]


class _Talk(msgspec.Struct, rename="camel", kw_only=True):
    """What was said in one conversation, oldest first."""

    session_id: str
    bot_id: str
    alias_id: str
    locale_id: str
    turns: tuple[chat.Turn[msgspec.Raw], ...]


def transcript(
    session: Session = None,
    *,
    user: User = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    table: DeployedTable = None,
    region: TableRegion = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """Export everything that is stored of what a person said, with replies, times and feedback."""
    session_id = _session_id(session, user)
    if table is None:
        talks = asyncio.run(_read(opening(None, data, config, None), session_id))
    else:
        talks = _read_table(table, region, session_id)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(talks)).decode())
        return
    console = Console(highlight=False, soft_wrap=True, markup=False)
    if not talks:
        console.print("Nothing is known about that session.")
        return
    for talk in talks:
        console.print(f"{talk.bot_id} · {talk.alias_id} · {talk.locale_id}")
        for turn in talk.turns:
            for line in _lines(turn):
                console.print(line)


def forget(
    session: Session = None,
    *,
    user: User = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """Delete everything that a person said: sessions, transcripts, feedback and conversation log.

    A server may be running meanwhile; an answer in progress is not stored either.
    """
    chosen = opening(None, data, config, None)
    forgotten = asyncio.run(forget_session(chosen, _session_id(session, user)))
    typer.echo(
        f"Forgotten: {counted(forgotten.conversations, 'conversation')},"
        f" {counted(forgotten.records, 'record')} of the conversation log."
    )


def _session_id(session: str | None, user: str | None) -> str:
    # An empty one is a script's unset variable: nothing of it would be forgotten.
    if bool(session) == bool(user):
        raise typer.BadParameter("name the SESSION, or a --user of /v1", param_hint="SESSION")
    return session or session_of_user(user or "")


async def _read(chosen: Opening, session_id: str) -> list[_Talk]:
    async with open_sessions(chosen) as store:
        if store is None:
            return []
        return [
            _Talk(
                session_id=key.session_id,
                bot_id=key.bot_id,
                alias_id=key.alias_id,
                locale_id=key.locale_id,
                turns=tuple(map(_turn, await _turns(store, key))),
            )
            for key in await store.sessions(session_id)
        ]


def _read_table(table: str, region: str | None, session_id: str) -> list[_Talk]:
    """What a deployment's table has of a session, in each locale that it was talked in."""
    turns: dict[str, list[chat.Turn[Any]]] = {}
    for turn in sorted(
        read_deployed(table, region=region, session_id=session_id), key=lambda turn: turn.at
    ):
        turns.setdefault(turn.locale_id, []).append(
            chat.Turn(
                message_id=turn.message_id,
                text=turn.text,
                at=turn.at.isoformat(),
                reply=turn.reply,
                state=turn.state,
                feedback=turn.feedback,
            )
        )
    return [
        _Talk(
            session_id=session_id,
            bot_id=table,
            alias_id="AWS",
            locale_id=locale_id,
            turns=tuple(of_locale),
        )
        for locale_id, of_locale in turns.items()
    ]


async def _turns(store: stores.SessionStore, key: stores.SessionKey) -> list[stores.TurnRecord]:
    turns: list[stores.TurnRecord] = []
    before = None
    while page := await store.turns(key, limit=_TURNS_AT_ONCE, before=before):
        turns = [*page, *turns]
        before = page[0].message_id
    return turns


def _turn(turn: stores.TurnRecord) -> chat.Turn[Any]:
    return chat.Turn(
        message_id=turn.message_id,
        text=turn.text,
        at=turn.at.isoformat(),
        reply=None if turn.reply is None else msgspec.Raw(turn.reply),
        state=turn.state,
        feedback=turn.feedback,
    )


def _lines(turn: chat.Turn[Any]) -> list[str]:
    at = f"{turn.at[:19].replace('T', ' ')}Z"
    lines = [f"{at}  person: {turn.text}"]
    if turn.reply is not None:
        reply = _decode_reply(turn.reply)
        lines.append(f"{at}  {reply.model or reply.source}: {reply.msg}")
    if turn.feedback is not None:
        given = (turn.feedback.rating, turn.feedback.comment)
        lines.append(f"{at}  feedback: {', '.join(filter(None, given))}")
    return lines
