"""What a deployment is set up with: CDK context (``cdk.json``, ``-c name=value``) or environment.

A member ``botFile`` is the context value ``botFile`` or the variable ``DAEHWA_BOT_FILE``; the
context wins. Everything has a default.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any

import msgspec
from aws_cdk import Token

from daehwa import bot
from daehwa_deploy.errors import SettingsError
from daehwa_deploy.safety_settings import RANGES, UUID, Count, Rate, SafetySettings
from daehwa_deploy.voices import voice_fault

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
_HOST = re.compile(r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?")
_OWN_NAME = re.compile(r"[A-Za-z][\w-]*")
_VARIABLE = "DAEHWA_"
# Of before, when the model was called as the embedded weights are at home.
_OLD_MODEL, _WEIGHTS = "DAEHWA_MODEL", ("default", "small", "large", "embedding")
# Source: "Amazon Lex endpoints and quotas" in the AWS General Reference, and botocore's endpoints
# of lexv2-models, which a test compares.
LEX_REGIONS = frozenset(
    {
        "af-south-1",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-southeast-1",
        "ap-southeast-2",
        "ca-central-1",
        "eu-central-1",
        "eu-west-1",
        "eu-west-2",
        "us-east-1",
        "us-gov-west-1",
        "us-west-2",
    }
)
# Source: the GovCloud User Guide, "Amazon CloudFront": it is used from a standard account.
_NO_CLOUDFRONT = "us-gov-"


class Form(msgspec.Struct, frozen=True):
    """How a text has to look, and what to say of one that does not."""

    pattern: str
    looks: str


def _arn(service: str, rest: str, pattern: str = r"\S+") -> Form:
    example = f"arn:aws:{service}:REGION:ACCOUNT:{rest}"
    head = rf"arn:aws[\w-]*:{service}:[a-z0-9-]+:\d{{12}}"
    return Form(f"{head}:{pattern}", f"it looks like {example}")


# Lex's names: letters and digits, with single hyphens and underscores between them.
_LEX_NAME = r"([0-9A-Za-z][_-]?){1,100}"
_ATTRIBUTE = r"[^\s,;*\"']+"
# es_419 is one, too.
_LOCALE = r"[a-z]{2,3}_([A-Z]{2}|[0-9]{3})"
_ID = Form(r"[0-9A-Za-z]{10}", "Lex's ids are ten letters and digits")
FORMS: Mapping[str, Form] = {
    "stackName": Form(
        r"(?=.{1,50}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*",
        "take up to 50 letters, digits and single hyphens, beginning with a letter and ending "
        "without a hyphen: the bot's name begins with it",
    ),
    "region": Form(r"[a-z]{2}(-[a-z]+)+-\d", "it looks like ap-northeast-2"),
    "aliasName": Form(
        rf"(?!(TestBotAlias|TSTALIASID)$){_LEX_NAME}",
        "take letters and digits, with single hyphens or underscores between; TestBotAlias and "
        "its id, TSTALIASID, are Lex's own",
    ),
    "voice": Form(r"\s*\w+\s*=\s*\w+\s*(,\s*\w+\s*=\s*\w+\s*)*", "it looks like ko_KR=Seoyeon"),
    "hookArn": _arn(
        "lambda",
        "function:NAME",
        r"function:[0-9A-Za-z_-]{1,64}(:(\$LATEST|[0-9A-Za-z_-]{1,128}))?",
    ),
    "baseUrl": Form(r"https?://[^/?#\s@]+[^#\s@]*", "it looks like https://host/v1"),
    # Without the six characters that AWS puts behind a name the functions' right is to nothing.
    "secretArn": _arn("secretsmanager", "secret:NAME-AbC123", r"secret:\S+-[0-9A-Za-z]{6}"),
    "domain": Form(
        r"(?=.{1,253}$)(?!.*\.\d+$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+",
        "it looks like chat.example.com, with nothing before or behind",
    ),
    # Source: CertificateArn in the API reference of AWS Certificate Manager.
    "certificateArn": _arn(
        "acm", "certificate/12345678-1234-1234-1234-123456789012", f"certificate/{UUID}"
    ),
    # Source: IndexId in Kendra's API reference.
    "kendraIndex": Form(
        r"[0-9A-Za-z][0-9A-Za-z-]{35}",
        "it is the index's id of 36 letters, digits and hyphens, not its ARN or its name",
    ),
    "knowledgeBase": Form(r"[0-9A-Za-z]{10}", "it is the base's id of ten letters and digits"),
    "knowledgeModel": Form(r"[a-z0-9-]+\.[a-zA-Z0-9.:_-]+", "it is a model's id, such as a.b-v1:0"),
    "alarmEmail": Form(
        r"[^@\s,;<>]+@[^@\s,;.<>]+(\.[^@\s,;.<>]+)+", "it is one address, such as you@example.com"
    ),
    "model": Form(
        r"[^\s,;\"'\u2018-\u201f]+", "it is one model's name, without spaces and quotation marks"
    ),
    "clientAttributes": Form(
        rf"\*|\s*{_ATTRIBUTE}\s*(,\s*{_ATTRIBUTE}\s*)*",
        "it looks like tier,plan, with commas between names without spaces; * alone allows all",
    ),
    "imageHosts": Form(
        rf"\s*{_HOST.pattern}\s*(,\s*{_HOST.pattern}\s*)*",
        "it looks like img.example.org,*.example.net",
    ),
    "botId": _ID,
    "aliasId": _ID,
    "localeId": Form(
        rf"{_LOCALE}(\s*,\s*{_LOCALE})*",
        "it looks like ko_KR, or ko_KR,en_US",
    ),
}
"""How each text looks that somebody else has rules for, by its name in the context."""

# Source: retentionInDays of PutRetentionPolicy in the CloudWatch Logs API reference.
LOG_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180),
    *(365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""For how many days CloudWatch keeps logs: nothing between is to be had."""

_Days = Annotated[int, msgspec.Meta(ge=1, le=36500)]
_RANGES = {
    **RANGES,
    "transcriptDays": "1 to 36500",
    "logDays": "1 to 3653",
    "throttleRate": "1 to 100000",
    "throttleBurst": "1 to 100000",
    "concurrency": "1 to 100000; leave it out for the account's limit",
}


class Settings(SafetySettings, frozen=True, kw_only=True, rename="camel"):
    """The options of a deployment, besides those of ``SafetySettings``.

    ``bot_file`` is a Lex export (zip or folder; default: the package's example). ``config``
    is the ``daehwa.toml`` (default: that of this folder, if there is one). ``documents`` is a data
    folder that ``daehwa index`` filled, from whose documents the bot answers. ``alias_name``
    names the alias that is talked to. ``bot_id``, ``alias_id`` and ``locale_id`` (with commas
    between) are of a bot that is on Lex already, and is left as it is. ``voice`` gives locales a
    Polly voice: ``ko_KR=Seoyeon``, with commas between. ``hook_arn`` is the bot's own code hook,
    for every intent but FallbackIntent. ``model`` and ``base_url`` say who answers FallbackIntent;
    the key is in a secret, ``secret_arn`` if there is one already. ``domain`` needs
    ``certificate_arn`` (in us-east-1). ``kendra_index`` is the id of an index that a
    KendraSearchIntent asks; ``knowledge_base`` is the id of a Bedrock knowledge base and
    ``knowledge_model`` that of the foundation model with which a QnAIntent asks it, or that helps
    to resolve slots. The bot file names them, these give the right.

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
    documents: str | None = None
    alias_name: str = "live"
    bot_id: str | None = None
    alias_id: str | None = None
    locale_id: str | None = None
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
    transcript_days: _Days = 30
    log_days: _Days = 30
    throttle_rate: Rate = 100
    throttle_burst: Rate = 200
    concurrency: Count | None = None
    recovery: bool = True
    retain: bool = False
    streaming: bool = False
    page_title: str | None = None
    image_hosts: str | None = None

    def __post_init__(self) -> None:
        for field in msgspec.structs.fields(type(self)):
            _check(field, getattr(self, field.name))
        self._check_pairs()
        if self.region is not None:
            check_region(self.region)

    def _check_pairs(self) -> None:
        if bool(self.domain) != bool(self.certificate_arn):
            raise SettingsError("domain and certificateArn belong together: give both, or none")
        if self.certificate_arn and ":us-east-1:" not in self.certificate_arn:
            raise SettingsError("certificateArn is not in us-east-1, where CloudFront looks")
        if self.knowledge_base and not self.knowledge_model:
            raise SettingsError("knowledgeBase needs knowledgeModel: a QnAIntent asks both")
        self.check_safety(
            domain=self.domain, alarm_email=self.alarm_email, stack_name=self.stack_name
        )
        self._check_bot_on_lex()
        self._check_repeats()
        for locale, voice in self.voices.items():
            self._check_voice(locale, voice)

    def _check_bot_on_lex(self) -> None:
        if bool(self.bot_id) != bool(self.alias_id):
            raise SettingsError("botId and aliasId belong together: give both, or none")
        if self.locale_id and not self.bot_id:
            raise SettingsError("localeId is of a bot that is on Lex: give botId and aliasId, too")
        if self.bot_id and not (self.locale_id or self.bot_file):
            raise SettingsError("botId needs localeId, such as ko_KR, or the bot's file as botFile")
        if self.bot_id and self.voice:
            raise SettingsError("voice is set in the bot that is on Lex: leave it out")
        if self.bot_id and self.conversation_logs:
            raise SettingsError(
                "conversationLogs is set in the alias of the bot that is on Lex: leave it out"
            )
        for name in self.locales:
            if name not in bot.LOCALE_NAMES:
                raise SettingsError(f"localeId has {name!r}, which is not a locale of Lex")

    def _check_voice(self, locale: str, voice: str) -> None:
        if locale not in bot.LOCALE_NAMES:
            raise SettingsError(f"voice has {locale!r}, which is not a locale of Lex")
        if fault := voice_fault(locale, voice):
            raise SettingsError(f"voice: {fault}")

    def _check_repeats(self) -> None:
        voiced = [one.partition("=")[0].strip() for one in (self.voice or "").split(",")]
        for option, names in (("localeId", self.locales), ("voice", voiced)):
            twice = next((one for one in names if one and names.count(one) > 1), None)
            if twice:
                raise SettingsError(f"{option} has {twice} twice")

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that a bot on Lex is spoken to in, the first one first."""
        return tuple(one.strip() for one in (self.locale_id or "").split(",") if one.strip())

    @property
    def pictures(self) -> list[str]:
        """The hosts whose pictures are shown in answers at once."""
        return [one.strip() for one in (self.image_hosts or "").split(",") if one.strip()]

    @property
    def voices(self) -> dict[str, str]:
        """The Polly voice of each locale that is given one."""
        pairs = (one.partition("=") for one in (self.voice or "").split(",") if one.strip())
        return {locale.strip(): voice.strip() for locale, _, voice in pairs}


def read_settings(
    context: Callable[[str], Any],
    environ: Mapping[str, str],
    *,
    given_names: Iterable[str] = (),
) -> Settings:
    """The settings in ``context`` (a name to its value, or ``None``) and in ``environ``.

    ``given_names`` are those that the context has: one that is nearly one of ours is a slip, and so
    is a variable.

    Raises:
        SettingsError: one cannot be read, or two contradict each other.
    """
    fields = msgspec.structs.fields(Settings)
    _check_names(given_names, [field.encode_name for field in fields])
    # Others of our variables are the server's: DAEHWA_LOG is far from each of these.
    variables = [name for name in environ if name.startswith(_VARIABLE) and name != _OLD_MODEL]
    _check_names(variables, [variable(field.name) for field in fields])
    given: dict[str, Any] = {}
    for field in fields:
        value = context(field.encode_name)
        if value is None:
            value = environ.get(variable(field.name))
        if value is None and field.name == "model":
            value = _old_model(environ)
        if value is None:
            continue
        given[field.encode_name] = _typed(field, value)
    return Settings(
        **{field.name: given[field.encode_name] for field in fields if field.encode_name in given}
    )


def variable(name: str) -> str:
    """The variable of a member: ``DAEHWA_`` and its name.

    That of the model is not ``DAEHWA_MODEL``, which names the embedded weights.
    """
    return _VARIABLE + ("OPENAI_MODEL" if name == "model" else name.upper())


def check_region(region: str) -> None:
    """Refuse a region that has no Lex V2 or no CloudFront, where it is known at synthesis.

    Raises:
        SettingsError: there is none.
    """
    if Token.is_unresolved(region):
        return
    if region.startswith(_NO_CLOUDFRONT):
        raise SettingsError(
            f"CloudFront, which stands before the page, is not in {region} (AWS GovCloud): publish "
            "the bot there with `daehwa publish`, and serve the page with `daehwa serve`; or set "
            "region (-c region=...) to one outside"
        )
    if region not in LEX_REGIONS:
        raise SettingsError(
            f"Amazon Lex V2 is not in the region {region}: set region (-c region=...) to one of "
            f"{', '.join(one for one in sorted(LEX_REGIONS) if not one.startswith(_NO_CLOUDFRONT))}"
        )


def check_arns(region: str, **arns: str | None) -> None:
    """Refuse what the functions could not reach, since it is in another region than they are.

    ``arns`` are by the names of their options.

    Raises:
        SettingsError: it is.
    """
    if Token.is_unresolved(region):
        return
    for name, arn in arns.items():
        if arn and not Token.is_unresolved(arn) and arn.split(":")[3] != region:
            raise SettingsError(
                f"{name} is in {arn.split(':')[3]} and the stack in {region}: the functions call "
                "only what is in their own region"
            )


def _old_model(environ: Mapping[str, str]) -> str | None:
    """The model of ``DAEHWA_MODEL``, unless that names weights, which it is for."""
    value = environ.get(_OLD_MODEL, "").strip()
    if not value or value in _WEIGHTS or value.lower().endswith(".gguf"):
        return None
    print(  # noqa: T201 - whoever deploys reads it
        f"{_OLD_MODEL} names the embedded model's weights; the deployment's model is "
        f"{variable('model')} now. {value!r} is taken this time.",
        file=sys.stderr,
    )
    return value


def _check_names(given: Iterable[str], ours: list[str]) -> None:
    plain = {_plain(one): one for one in ours}
    for name in given:
        if name in ours or not _OWN_NAME.fullmatch(name):
            continue
        near = difflib.get_close_matches(_plain(name), plain, 1, 0.8)
        if near:
            raise SettingsError(
                f"{name} is not an option: write {plain[near[0]]} if that is meant, or leave it out"
            )


def _plain(name: str) -> str:
    """A name as far as it differs from others: no prefix, no capitals, no underscores."""
    return name.removeprefix(_VARIABLE).replace("_", "").lower()


def _typed(field: msgspec.structs.FieldInfo, value: Any) -> Any:
    """A value as its member's type: context and environment give texts."""
    name = f"{field.encode_name} ({variable(field.name)})"
    if isinstance(value, str) and not value.strip():
        # Empty is not unset: somebody meant to say something.
        raise SettingsError(f"{name} is empty: give it a value")
    if field.type is bool:
        word = str(value).strip().lower()
        if word not in (*_TRUE, *_FALSE):
            raise SettingsError(f"{name} is {value!r}: use true or false")
        return word in _TRUE
    if field.encode_name in _RANGES:
        number = str(value).strip()
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,9}", number):
            raise SettingsError(
                f"{name} is {value!r}: give a whole number, {_RANGES[field.encode_name]}"
            )
        return int(number)
    if not isinstance(value, str):
        raise SettingsError(f"{name} is {value!r}: give a text")
    return value.strip()


def _check(field: msgspec.structs.FieldInfo, value: Any) -> None:
    name = field.encode_name
    if value is None:
        return
    if name in _RANGES:
        try:
            msgspec.convert(value, field.type)
        except msgspec.ValidationError:
            raise SettingsError(f"{name} is {value}: give {_RANGES[name]}") from None
    if name == "logDays" and value not in LOG_DAYS:
        raise SettingsError(f"logDays is {value}: {_log_days_near(value)}")
    form = FORMS.get(name)
    if form is not None and not re.fullmatch(form.pattern, value):
        raise SettingsError(f"{name} is {value!r}: {form.looks}")


def _log_days_near(days: int) -> str:
    """Which numbers there are around one that CloudWatch does not know."""
    below = [one for one in LOG_DAYS if one < days]
    above = [one for one in LOG_DAYS if one > days]
    near = " or ".join(str(one) for one in (*below[-1:], *above[:1]))
    return f"CloudWatch keeps logs for certain numbers of days only; give {near}"
