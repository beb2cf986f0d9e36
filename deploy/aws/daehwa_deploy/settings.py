"""What a deployment is set up with: CDK context (``cdk.json``, ``-c name=value``) or environment.

A member ``botFile`` is the context value ``botFile`` or the variable ``DAEHWA_BOT_FILE``; the
context wins. Everything has a default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from daehwa_deploy.errors import SettingsError

_STACK_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,49}")
_HOST = re.compile(r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?")
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class Settings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The options of a deployment.

    ``bot_file`` is a Lex export (zip or folder; default: the package's example). ``config``
    is the ``daehwa.toml`` (default: that of this folder, if there is one). ``alias_name``
    names the alias that is talked to. ``voice`` gives locales a Polly voice: ``ko_KR=Seoyeon``,
    with commas between. ``hook_arn`` is the bot's own code hook, for every intent but
    FallbackIntent. ``model`` and ``base_url`` say who answers FallbackIntent; the key is in a
    secret, ``secret_arn`` if there is one already. ``domain`` needs ``certificate_arn`` (in
    us-east-1). ``kendra_index`` is the id of an index that a KendraSearchIntent asks;
    ``knowledge_base`` is the id of a Bedrock knowledge base and ``knowledge_model`` that of the
    foundation model with which a QnAIntent asks it. The bot file names them, these give the right.

    ``alarm_email`` gets mail when something fails. ``transcript_days`` and ``log_days`` limit what
    is kept. ``throttle_rate`` (requests a second) and ``throttle_burst`` limit the API,
    ``concurrency`` the chat function (default: the account's limit). ``recovery`` keeps
    DynamoDB's point-in-time backups, ``retain`` leaves table and secret behind when the stack is
    destroyed. ``page_title`` heads the page. ``image_hosts`` are the hosts, with commas between,
    whose pictures are shown in answers at once. ``streaming`` has ChatGPT's words come as they are
    made, through another kind of API.
    """

    stack_name: str = "Daehwa"
    region: str | None = None
    bot_file: str | None = None
    config: str | None = None
    alias_name: str = "live"
    voice: str | None = None
    hook_arn: str | None = None
    model: str | None = None
    base_url: str | None = None
    secret_arn: str | None = None
    domain: str | None = None
    certificate_arn: str | None = None
    kendra_index: str | None = None
    knowledge_base: str | None = None
    knowledge_model: str | None = None
    alarm_email: str | None = None
    transcript_days: int = 30
    log_days: int = 30
    throttle_rate: int = 20
    throttle_burst: int = 40
    concurrency: int | None = None
    recovery: bool = True
    retain: bool = False
    streaming: bool = False
    page_title: str | None = None
    image_hosts: str | None = None

    def __post_init__(self) -> None:
        if not _STACK_NAME.fullmatch(self.stack_name):
            raise SettingsError(
                f"stackName is {self.stack_name!r}: take up to 50 letters, digits and hyphens, "
                "beginning with a letter"
            )
        if bool(self.domain) != bool(self.certificate_arn):
            raise SettingsError("domain and certificateArn belong together: give both, or none")
        if self.certificate_arn and ":us-east-1:" not in self.certificate_arn:
            raise SettingsError("certificateArn is not in us-east-1, where CloudFront looks")
        if bool(self.knowledge_base) != bool(self.knowledge_model):
            raise SettingsError(
                "knowledgeBase and knowledgeModel belong together: a QnAIntent needs both"
            )
        if self.alarm_email and "@" not in self.alarm_email:
            raise SettingsError(f"alarmEmail is {self.alarm_email!r}: that is no address")
        for name in ("transcript_days", "log_days", "throttle_rate", "throttle_burst"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{name} is {getattr(self, name)}: give 1 or more")

    @property
    def pictures(self) -> list[str]:
        """The hosts whose pictures are shown in answers at once."""
        hosts = [one.strip() for one in (self.image_hosts or "").split(",") if one.strip()]
        for host in hosts:
            if not _HOST.fullmatch(host):
                raise SettingsError(
                    f"imageHosts has {host!r}: it looks like img.example.org,*.example.net"
                )
        return hosts

    @property
    def voices(self) -> dict[str, str]:
        """The Polly voice of each locale that is given one."""
        pairs = [one.partition("=") for one in (self.voice or "").split(",") if one.strip()]
        if not all(locale.strip() and voice.strip() for locale, _, voice in pairs):
            raise SettingsError(f"voice is {self.voice!r}: it looks like ko_KR=Seoyeon")
        return {locale.strip(): voice.strip() for locale, _, voice in pairs}


def read_settings(context: Callable[[str], Any], environ: Mapping[str, str]) -> Settings:
    """The settings in ``context`` (a name to its value, or ``None``) and in ``environ``.

    Raises:
        SettingsError: one cannot be read, or two contradict each other.
    """
    given: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        variable = f"DAEHWA_{field.name.upper()}"
        value = context(field.encode_name)
        if value is None:
            value = environ.get(variable)
        if value is None:
            continue
        if value == "":
            # Empty is not unset: somebody meant to say something.
            raise SettingsError(f"{field.encode_name} ({variable}) is empty: give it a value")
        given[field.encode_name] = _switch(field, value) if field.type is bool else value
    try:
        return msgspec.convert(given, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(str(error)) from None


def _switch(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    word = str(value).lower()
    if word not in (*_TRUE, *_FALSE):
        raise SettingsError(f"{field.encode_name} is {value!r}: use true or false")
    return word in _TRUE
