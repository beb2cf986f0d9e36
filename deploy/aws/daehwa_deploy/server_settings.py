"""What of ``daehwa.toml`` only a server has, so that nobody waits for it on AWS."""

from __future__ import annotations

from daehwa import answers
from daehwa.conversation.settings import Settings
from daehwa.limits import LimitsSetting

_TABLES = ("understanding", "store", "logs", "speech")
_RATES = ("turns", "answers")
_LIMITS = (
    *("credentials", "building", "uploads", "waiting", "at_once"),
    *("understanding_seconds", "trusted_proxies", "address_header"),
)


def of_servers_alone(settings: Settings) -> str | None:
    """A warning that names what the file sets and a deployment leaves out; none for nothing."""
    usual, limits = Settings(), LimitsSetting()
    names = [f"[{name}]" for name in _TABLES if getattr(settings, name) != getattr(usual, name)]
    names += [
        f"[limits] {name}"
        for name in _LIMITS
        if getattr(settings.limits, name) != getattr(limits, name)
    ]
    names += [
        f"[limits.{name}] key"
        for name in _RATES
        if getattr(settings.limits, name).key != getattr(limits, name).key
    ]
    embedded = answers.ANSWERERS["embedded"]
    if settings.of(embedded) != embedded.setting():
        names.append(f"[{embedded.name}]")
    if settings.quotas is not None:
        names.append("quotas")
    if not settings.answer_while_eliciting:
        names.append("answer_while_eliciting")
    if any(one.while_eliciting is not None for one in settings.answering):
        names.append("while_eliciting")
    if any(one.timeout is not None for one in settings.hooks):
        names.append("[[hooks]] timeout")
    if not names:
        return None
    return f"only a server has {', '.join(names)}: left out on AWS, where Lex takes the turns"
