"""Lex V2's runtime: the two operations that the chat function asks for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from daehwa.aws.aws_service import AwsService
from daehwa.aws.errors import AwsError, AwsUnreachable, unreadable

# Another turn of the session is being taken, or too many conversations are: worth a wait.
_BUSY = ("ConflictException", "ThrottlingException")
_PAUSES = (0.2, 0.5, 1.0, 2.0)


class LexAlias:
    """One alias of one bot."""

    def __init__(
        self, bot_id: str, alias_id: str, environ: Mapping[str, str] | None = None
    ) -> None:
        self._service = AwsService(
            "Lex Runtime V2", prefix="runtime-v2-lex", signing_name="lex", environ=environ
        )
        self._root = f"/bots/{quote(bot_id, safe='')}/botAliases/{quote(alias_id, safe='')}"

    def recognize_text(
        self,
        locale_id: str,
        session_id: str,
        text: str,
        *,
        request_attributes: Mapping[str, str],
        session_attributes: Mapping[str, str] | None = None,
        deadline: float,
    ) -> dict[str, Any]:
        """Take a turn; ``deadline`` is an instant of ``time.monotonic()``.

        A session or bot that is busy is called again, a few times. A turn that may have been
        taken never is: it would be taken twice.

        Raises:
            AwsError: Lex refused, or did not answer.
        """
        body: dict[str, Any] = {"text": text, "requestAttributes": dict(request_attributes)}
        if session_attributes is not None:
            body["sessionState"] = {"sessionAttributes": dict(session_attributes)}
        pauses = iter(_PAUSES)
        while True:
            try:
                answer = self._service.call(
                    "POST",
                    self._path(locale_id, session_id) + "/text",
                    body,
                    timeout=max(0.1, deadline - time.monotonic()),
                )
            except AwsError as error:
                unsent = isinstance(error, AwsUnreachable) and not error.sent
                pause = next(pauses, None)
                if (error.code not in _BUSY and not unsent) or pause is None:
                    raise
                if time.monotonic() + pause >= deadline:
                    raise
                time.sleep(pause)
            else:
                if not answer:
                    raise unreadable(self._service.name)
                return answer

    def delete_session(self, locale_id: str, session_id: str, *, timeout: float = 5.0) -> None:
        """Forget a session; it is no error if Lex does not know it."""
        try:
            self._service.call("DELETE", self._path(locale_id, session_id), timeout=timeout)
        except AwsError as error:
            if error.code != "ResourceNotFoundException":
                raise

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        self._service.close()

    def _path(self, locale_id: str, session_id: str) -> str:
        return (
            f"{self._root}/botLocales/{quote(locale_id, safe='')}"
            f"/sessions/{quote(session_id, safe='')}"
        )
