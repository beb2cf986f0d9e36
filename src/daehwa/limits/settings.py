"""``[limits]`` of ``daehwa.toml``, and what the environment says in its place.

| variable | meaning |
|---|---|
| ``DAEHWA_LIMITS`` | ``1`` or ``0``: rates are limited, or not; by default where others than \
this machine reach the server |
| ``DAEHWA_TRUSTED_PROXIES`` | addresses and networks, separated by commas, of proxies that say \
who their client is |
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_network
from typing import Annotated, Literal

import msgspec

from daehwa.limits.rates import Rate
from daehwa.limits.time_zones import zone_named

_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")


class LimitsError(Exception):
    """A setting of the limits is wrong; the message names it and the cure."""


class _Setting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An unknown member is an error, so that a slip is not silent."""


class RatesSetting(_Setting, frozen=True):
    """How often one session, one address and one key may do something: see ``Rate.read``."""

    session: str = "off"
    address: str = "off"
    key: str = "off"

    def __post_init__(self) -> None:
        for text in (self.session, self.address, self.key):
            Rate.read(text)


class _Turns(RatesSetting, frozen=True):
    """The rates of turns: what a table leaves out is as without the table, and not unlimited."""

    session: str = "60/m burst 30"
    address: str = "1200/m burst 600"
    key: str = "6000/m"


class _Answers(RatesSetting, frozen=True):
    session: str = "20/m burst 10"
    address: str = "120/m burst 60"
    key: str = "1200/m"


class _Credentials(RatesSetting, frozen=True):
    address: str = "20/m"


class _Building(RatesSetting, frozen=True):
    address: str = "600/m burst 100"
    key: str = "600/m burst 100"


class _Uploads(RatesSetting, frozen=True):
    address: str = "30/m"
    key: str = "30/m"


class AnswererBudget(_Setting, frozen=True):
    """What one answerer may be used in a day; a member that is not set has no limit."""

    calls: Annotated[int, msgspec.Meta(ge=0)] | None = None
    tokens: Annotated[int, msgspec.Meta(ge=0)] | None = None


class BudgetSetting(_Setting, frozen=True):
    """What models may be used in a day: ``calls`` and ``tokens`` of all bots, and of each bot.

    ``answerers`` limits some by their names, of ``[[models]]`` and others, beside that. A member
    that is not set has no limit. The day begins at midnight in ``time_zone``.
    """

    calls: Annotated[int, msgspec.Meta(ge=0)] | None = None
    tokens: Annotated[int, msgspec.Meta(ge=0)] | None = None
    bot_calls: Annotated[int, msgspec.Meta(ge=0)] | None = None
    bot_tokens: Annotated[int, msgspec.Meta(ge=0)] | None = None
    answerers: dict[str, AnswererBudget] = {}
    time_zone: str = "UTC"

    def __post_init__(self) -> None:
        zone_named(self.time_zone)

    @property
    def unlimited(self) -> bool:
        """Whether nothing is limited."""
        whole = (self.calls, self.tokens, self.bot_calls, self.bot_tokens)
        return whole == (None,) * 4 and not self.answerers


class LimitsSetting(_Setting, frozen=True):
    """All of ``[limits]``.

    ``enforce`` switches the rates on or off; ``None`` leaves it to who can reach the server.
    ``turns`` are limited, and of those ``answers``, the ones that ask a model; ``credentials``
    are wrong ones; ``building`` is each change through the model-building API, ``uploads`` each
    upload begun there. ``waiting`` is how many requests one process has in progress at once, not
    counting those that wait for a model or a code hook; 0 is no limit. ``at_once`` is how many of
    one address it serves at once, streams that are open among them, where rates are limited.
    ``understanding_seconds`` is how long one text may take to be understood.

    ``trusted_proxies`` may say in ``address_header`` who their client is.
    """

    enforce: bool | None = None
    turns: _Turns = _Turns()
    answers: _Answers = _Answers()
    credentials: _Credentials = _Credentials()
    building: _Building = _Building()
    uploads: _Uploads = _Uploads()
    budget: BudgetSetting = BudgetSetting()
    waiting: Annotated[int, msgspec.Meta(ge=0)] = 512
    at_once: Annotated[int, msgspec.Meta(ge=1)] = 100
    understanding_seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] = 5.0
    trusted_proxies: tuple[str, ...] = ()
    address_header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for"

    def __post_init__(self) -> None:
        for text in self.trusted_proxies:
            try:
                ip_network(text)
            except ValueError:
                raise ValueError(
                    f"trusted_proxies: {text!r} is neither an address nor a network such as "
                    "10.0.0.0/8"
                ) from None

    def with_environment(self, environ: Mapping[str, str]) -> LimitsSetting:
        """These settings with those of ``environ`` in their place.

        Raises:
            LimitsError: a variable is empty or malformed; the message names it.
        """
        changed = self
        if (switch := environ.get("DAEHWA_LIMITS")) is not None:
            if switch.strip().lower() not in (*_YES, *_NO):
                raise LimitsError(f"DAEHWA_LIMITS is '{switch}': use 1 or 0")
            changed = msgspec.structs.replace(changed, enforce=switch.strip().lower() in _YES)
        if (listed := environ.get("DAEHWA_TRUSTED_PROXIES")) is not None:
            proxies = tuple(one.strip() for one in listed.split(",") if one.strip())
            if not proxies:
                raise LimitsError("DAEHWA_TRUSTED_PROXIES is empty: give it a value, or unset it")
            try:
                changed = msgspec.structs.replace(changed, trusted_proxies=proxies)
            except ValueError as error:
                raise LimitsError(f"DAEHWA_TRUSTED_PROXIES: {error}") from None
        return changed

    def enforced(self, *, loopback: bool) -> bool:
        """Whether rates are limited; ``loopback`` says that only this machine connects.

        A proxy that is trusted brings others' requests.
        """
        if self.enforce is not None:
            return self.enforce
        return not loopback or bool(self.trusted_proxies)
