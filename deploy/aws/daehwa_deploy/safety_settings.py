"""The options by which a deployment is kept safe on the internet, and watched."""

from __future__ import annotations

import math
import re
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from daehwa_deploy.errors import SettingsError

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""How AWS writes the ids of certificates, web ACLs and their like."""

# Source: EntityName and EntityId in the API reference of AWS WAF.
_GLOBAL_ACL = re.compile(
    rf"arn:[a-z-]+:wafv2:us-east-1:[0-9]{{12}}:global/webacl/[\w-]{{1,128}}/{UUID}"
)
_SECRET_VERSION = re.compile(r"[A-Za-z0-9-]{32,64}")
_ISSUER = re.compile(r"https://[^\s?#/][^\s?#]*")
_HOST = re.compile("[a-z0-9.-]+")
# What a user pool's domain may not hold (Cognito Developer Guide, "User pool domains").
_COGNITOS = ("aws", "amazon", "cognito")
_OURS = "daehwa:"
_USUAL_PORTS = {"https": 443, "http": 80}


Rate = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
Count = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
_Limit = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]
_Dollars = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
RANGES = {
    "addressRate": "0 to 100000000; 0 is no limit",
    "dailyTurns": "0 to 100000000; 0 is no limit",
    "dailyAnswers": "0 to 100000000; 0 is no limit",
    "monthlyBudget": "1 to 10000000",
}
"""What the numbers may be, by their names in the context."""


class SafetySettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Who may use a deployment, from where and how much; and what is seen of it.

    ``allowed_origins`` are the sites, with commas between, whose pages may embed the chat and
    call the API. ``client_attributes`` are the session and request attributes that a caller may
    set (``*``: all; default: the configuration's). ``address_rate`` is how many requests a minute
    one address may send, ``daily_turns`` how many turns Lex takes in a day and ``daily_answers``
    how many questions models are sent; 0 is no limit, ``None`` what ``[limits]`` of the
    configuration says, or else 60 and 5,000. ``web_acl`` puts a web application firewall before
    CloudFront, ``web_acl_arn`` one that is there. ``login_issuer`` and ``login_audience`` (the
    client's id) want a token of an OpenID Connect issuer of everybody, ``login`` makes a
    Cognito user pool for it. ``origin_secret_version`` is the version's id of a new value of the
    secret that CloudFront sends: another id has CloudFront read it. ``monthly_budget`` (US
    dollars, for the account) has mail sent to ``alarm_email`` before it is spent.

    ``tracing`` turns X-Ray on, ``conversation_logs`` has Lex log what is said (people's words, for
    ``log_days``), ``dashboard`` makes one. ``model_prices`` are dollars for a million tokens in and
    out, with a comma between, from which the cost is counted.
    """

    allowed_origins: str | None = None
    client_attributes: str | None = None
    address_rate: _Limit | None = None
    daily_turns: _Limit = 20_000
    daily_answers: _Limit | None = None
    web_acl: bool = False
    web_acl_arn: str | None = None
    login: bool = False
    login_issuer: str | None = None
    login_audience: str | None = None
    origin_secret_version: str | None = None
    monthly_budget: _Dollars | None = None
    tracing: bool = False
    conversation_logs: bool = False
    dashboard: bool = True
    model_prices: str | None = None

    def check_safety(self, *, domain: str | None, alarm_email: str | None, stack_name: str) -> None:
        """Check that the options fit together.

        Raises:
            SettingsError: they do not.
        """
        if bool(self.login_issuer) != bool(self.login_audience):
            raise SettingsError("loginIssuer and loginAudience belong together: give both, or none")
        if self.login_issuer and not _ISSUER.fullmatch(self.login_issuer):
            raise SettingsError(
                "loginIssuer is an https address without a question mark: https://issuer.example"
            )
        if self.login and (self.login_issuer or not domain):
            raise SettingsError(
                "login makes a Cognito user pool: it needs domain, to which people return, and "
                "no loginIssuer"
            )
        reserved = next((word for word in _COGNITOS if word in stack_name.lower()), None)
        if self.login and reserved:
            raise SettingsError(
                f"login: Cognito takes no address with {reserved!r} in it, and the pool's begins "
                f"with the stack's name, {stack_name}: give another stackName"
            )
        if self.web_acl and self.web_acl_arn:
            raise SettingsError("webAcl makes a web ACL and webAclArn names one: give one of them")
        if self.web_acl_arn and not _GLOBAL_ACL.fullmatch(self.web_acl_arn):
            raise SettingsError(
                "webAclArn is not one for CloudFront, which looks like "
                "arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/12345678-1234-1234-1234-123456789012"
            )
        version = self.origin_secret_version
        if version and not _SECRET_VERSION.fullmatch(version):
            raise SettingsError(
                f"originSecretVersion is {version!r}: it is the VersionId that "
                "`aws secretsmanager put-secret-value` printed"
            )
        if self.monthly_budget is not None and not alarm_email:
            raise SettingsError("monthlyBudget needs alarmEmail, to which the warning goes")
        ours = [one.strip() for one in (self.client_attributes or "").split(",")]
        if any(one.startswith(_OURS) for one in ours):
            raise SettingsError(
                f"clientAttributes has one that begins with {_OURS}: only the functions set those"
            )
        # Read here, so that what is wrong stops a deployment before it begins.
        _ = self.origins, self.prices

    @property
    def origins(self) -> list[str]:
        """The sites that may embed the chat and call the API."""
        given = [one.strip() for one in (self.allowed_origins or "").split(",") if one.strip()]
        for origin in given:
            if origin != "*" and not _is_origin(origin):
                raise SettingsError(
                    f"allowedOrigins has {origin!r}: it looks like https://shop.example, as a "
                    "browser sends it (no path, no usual port), or is *"
                )
        if "*" in given and len(given) > 1:
            raise SettingsError("allowedOrigins has * and others: * alone allows all")
        return given

    @property
    def prices(self) -> tuple[float, float] | None:
        """Dollars for a million tokens in and out."""
        if self.model_prices is None:
            return None
        try:
            read, written = (_price(part) for part in self.model_prices.split(","))
        except ValueError:
            raise SettingsError(
                f"modelPrices is {self.model_prices!r}: dollars for a million tokens in and out, "
                "such as 0.15,0.60"
            ) from None
        return read, written


def _price(text: str) -> float:
    price = float(text)
    if not 0 <= price < math.inf:
        raise ValueError(text)
    return price


def _is_origin(text: str) -> bool:
    """Whether a text is a scheme, a host and perhaps a port, as a browser writes them."""
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError:
        return False
    if port is not None and port == _USUAL_PORTS.get(parts.scheme):
        return False
    host = parts.netloc if port is None else parts.netloc.removesuffix(f":{port}")
    bare = text == f"{parts.scheme}://{parts.netloc}"
    return bare and parts.scheme in ("https", "http") and bool(_HOST.fullmatch(host))
