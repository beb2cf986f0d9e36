"""An AWS account on loopback: ministack, with our own server in Lex's place.

    GATEWAY_PORT=4566 EMULATED_LEX=FOLDER DAEHWA=.venv/bin/daehwa python tests/emulator.py

ministack knows neither Lex nor an API behind its CloudFront; both are added here. With
``AUTH=true`` it refuses what a role's policies do not allow, and so does Lex. Lex is strict
(``strict_lex``), unless ``LENIENT_LEX=1``: it takes its time to build, a build can fail (a file
``fail-build`` in the folder makes the next one), a version of a draft that has not changed is the
last one, and what is in use cannot be deleted. A bot that is created is read from its S3 location
as Lex would, a version is a copy of it, and an alias serves its version with ``daehwa serve``,
whose code hook is the function that the alias names. Private names of ministack are used, so its
version is pinned.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import string
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

from ministack import app
from ministack.core import iam_evaluator
from ministack.services import apigateway_v1, cloudfront, s3, secretsmanager, sts
from ministack.services.cloudformation import provisioners
from strict_lex import StrictLex

from daehwa import bot

PORT = os.environ["GATEWAY_PORT"]
LEX_PORT = os.environ["LEX_PORT"]
LENIENT = os.environ.get("LENIENT_LEX") == "1"
PLACE = Path(os.environ["EMULATED_LEX"])
REGION, ACCOUNT = os.environ["AWS_DEFAULT_REGION"], "000000000000"
_EXECUTE_API = re.compile(r"([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com")
_PATIENCE_SECONDS = 300
_BUILD_SECONDS = 3


class Server:
    """``daehwa serve`` as Lex's runtime: at most one, for the bots that have an alias."""

    def __init__(self):
        self.process = None
        self.front = None
        self._served = {}

    def serve(self, bot_id, archive, hooks):
        """Serve a bot's archive, too; ``hooks`` gives each locale its function's ARN."""
        self._served[bot_id] = archive, hooks
        self._restart()

    def forget(self, bot_id):
        """Serve a bot no more."""
        self._served.pop(bot_id, None)
        self.stop()
        if self._served:
            self._restart()

    def _restart(self):
        self.stop()
        port = LEX_PORT if LENIENT else free_port()
        config = "".join(
            f'[[hooks]]\nbot = "{name}"\nlocale = "{locale}"\nlambda = "{arn}"\n'
            for name, (_, hooks) in self._served.items()
            for locale, arn in hooks.items()
        )
        archives = [str(archive) for archive, _ in self._served.values()]
        (PLACE / "daehwa.toml").write_text(config)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
        endpoint = f"http://127.0.0.1:{PORT}"
        keys = f"{ACCOUNT}:test"  # what ministack gives a function
        with (PLACE / "lex.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(os.environ["DAEHWA"], "serve", *archives, "--port", str(port)),
                    *("--data", str(PLACE / "data"), "--config", str(PLACE / "daehwa.toml")),
                    *("--answer", "none"),
                ],
                # Our own requests are signed by hand: here they are verified.
                env=kept
                | {"AWS_ENDPOINT_URL": endpoint, "DAEHWA_LOG": "json"}
                | {"DAEHWA_SIGV4": "1", "DAEHWA_ACCESS_KEYS": keys},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2)
                if not LENIENT:
                    self.front = StrictLex(int(LEX_PORT), port, authorise)
                return
            time.sleep(0.2)
        raise RuntimeError("daehwa serve did not become ready")

    def stop(self):
        if self.front is not None:
            self.front.close()
            self.front = None
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        self.process = None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def authorise(access_key, action, resource):
    """The secret and token of a caller who may do that; ``None`` for one who may not."""
    if not app.AUTH or iam_evaluator.is_root_access_key(access_key):
        return os.environ.get("AWS_SECRET_ACCESS_KEY", "test"), None
    principal = iam_evaluator.resolve_principal(access_key, ACCOUNT)
    if isinstance(principal, iam_evaluator.AuthError):
        return None
    context = iam_evaluator.EvalContext(
        principal_arn=principal.arn,
        principal_type=principal.type,
        principal_account=principal.account,
        action=action,
        resource_arn=resource.format(region=REGION, account=ACCOUNT),
        region=REGION,
        service_context={},
        principal_keys=principal.keys,
    )
    result = iam_evaluator.evaluate(context, principal.policies, *principal.limits)
    if result.decision != "Allow":
        return None
    session = sts._sessions[access_key]
    return session["SecretAccessKey"], session["SessionToken"]


server = Server()
# Which version each bot's alias is on.
in_use = {}


def bot_home(bot_id):
    return PLACE / bot_id


def create_bot(logical_id, props, stack_name):
    place = props["BotFileS3Location"]
    raw = s3._get_object_data(place["S3Bucket"], place["S3ObjectKey"])
    archive = PLACE / "incoming.zip"
    archive.write_bytes(raw)
    with zipfile.ZipFile(archive) as content:
        assert any(name.endswith("Manifest.json") for name in content.namelist())
    definition = bot.load(archive)
    build(definition)
    bot_id = bot.bot_id(definition)
    bot_home(bot_id).mkdir(exist_ok=True)
    archive.replace(bot_home(bot_id) / "DRAFT.zip")
    arn = f"arn:aws:lex:{REGION}:{ACCOUNT}:bot/{bot_id}"
    return bot_id, {"Id": bot_id, "Arn": arn}


def build(definition):
    """Take the time that Lex takes, and fail where Lex would."""
    if LENIENT:
        return
    time.sleep(_BUILD_SECONDS)
    sign = PLACE / "fail-build"
    errors = [str(one) for one in bot.validate(definition) if one.severity == "error"]
    if sign.exists():
        sign.unlink()
        errors.append("the build failed")
    if errors:
        raise ValueError(f"Resource did not stabilize: locale is in state Failed: {errors[0]}")


def update_bot(physical_id, old, new, stack_name):
    return create_bot(None, new, stack_name)


def delete_bot(physical_id, props):
    if physical_id in in_use:
        raise ValueError(f"ConflictException: an alias of {physical_id} is in use")
    shutil.rmtree(bot_home(physical_id))


def create_version(logical_id, props, stack_name):
    home = bot_home(props["BotId"])
    last = max((int(one.stem) for one in home.glob("*.zip") if one.stem != "DRAFT"), default=0)
    counted = home / "last-version"
    number = int(counted.read_text()) if counted.exists() else 0
    # The API reference of CreateBotVersion says so of a bot that has not changed.
    unchanged = last and bot.load(home / f"{last}.zip") == bot.load(home / "DRAFT.zip")
    if unchanged and not LENIENT:
        return f"{props['BotId']}|{last}", {"BotVersion": str(last), "BotId": props["BotId"]}
    # A number is never given twice, though its version is deleted.
    number = max(number, last) + 1
    counted.write_text(str(number))
    shutil.copy(home / "DRAFT.zip", home / f"{number}.zip")
    return f"{props['BotId']}|{number}", {"BotVersion": str(number), "BotId": props["BotId"]}


def delete_version(physical_id, props):
    bot_id, _, number = physical_id.partition("|")
    if in_use.get(bot_id) == number and not LENIENT:
        raise ValueError(f"ConflictException: version {number} is used by an alias")
    (bot_home(bot_id) / f"{number}.zip").unlink()


def create_alias(logical_id, props, stack_name):
    bot_id = props["BotId"]
    hooks = {
        one["LocaleId"]: one["BotAliasLocaleSetting"]["CodeHookSpecification"]["LambdaCodeHook"][
            "LambdaArn"
        ]
        for one in props["BotAliasLocaleSettings"]
    }
    in_use[bot_id] = props["BotVersion"]
    server.serve(bot_id, bot_home(bot_id) / f"{props['BotVersion']}.zip", hooks)
    # The one alias that our server has.
    alias = bot.TEST_ALIAS.identifier
    arn = f"arn:aws:lex:{REGION}:{ACCOUNT}:bot-alias/{bot_id}/{alias}"
    return f"{alias}|{bot_id}", {"BotAliasId": alias, "Arn": arn}


def update_alias(physical_id, old, new, stack_name):
    return create_alias(None, new, stack_name)


def delete_alias(physical_id, props):
    bot_id = physical_id.partition("|")[2]
    in_use.pop(bot_id, None)
    server.forget(bot_id)


provisioners._RESOURCE_HANDLERS |= {
    "AWS::Lex::Bot": {"create": create_bot, "update": update_bot, "delete": delete_bot},
    "AWS::Lex::BotVersion": {"create": create_version, "delete": delete_version},
    "AWS::Lex::BotAlias": {"create": create_alias, "update": update_alias, "delete": delete_alias},
}


# --- A secret is named by its ARN -----------------------------------------------------------------


class Secrets:
    """A stack's secrets as CloudFormation has them; ministack's ``Ref`` gives a secret's name.

    Source: the CloudFormation Template Reference, AWS::SecretsManager::Secret, of ``Ref``: "the ARN
    of the secret"; a policy that names the secret by it, as CDK's do, allows it. And of
    ``ExcludePunctuation``, which ministack does not know: the password is a header's value.
    """

    def __init__(self, ministack_handlers):
        self._of = ministack_handlers

    def create(self, logical_id, props, stack_name):
        _, attributes = self._of["create"](logical_id, plain(props), stack_name)
        return attributes["Arn"], attributes

    def update(self, arn, old, new, stack_name, logical_id=None):
        _, attributes = self._of["update"](
            secret_name(arn), plain(old), plain(new), stack_name, logical_id=logical_id
        )
        return attributes["Arn"], attributes

    def delete(self, arn, props):
        self._of["delete"](secret_name(arn), props)


def secret_name(arn):
    """The name under which ministack keeps a secret."""
    return secretsmanager._resolve(arn)[0]


def plain(props):
    """The properties with the password's left-out punctuation named character by character."""
    wanted = props.get("GenerateSecretString") or {}
    if str(wanted.get("ExcludePunctuation", "")).lower() != "true":
        return props
    excluded = wanted.get("ExcludeCharacters", "") + string.punctuation
    return props | {"GenerateSecretString": wanted | {"ExcludeCharacters": excluded}}


_secret = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
_stack_secrets = Secrets(_secret)
provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"] = _secret | {
    "create": _stack_secrets.create,
    "update": _stack_secrets.update,
    "delete": _stack_secrets.delete,
}


# --- IAM: what the functions' roles do not allow is refused -------------------------------------

_enforce = iam_evaluator.enforce


def enforce(access_key, *args, **kwargs):
    """As ministack does, but for CDK's own roles, whose policies it does not read as AWS does."""
    caller = sts._sessions.get(access_key, {}).get("Arn", "")
    return None if ":assumed-role/cdk-" in caller else _enforce(access_key, *args, **kwargs)


def pin_origin(source_ip, secure_transport):
    """All requests come by TLS in life, and buckets refuse those that do not."""
    _pin(source_ip, secure_transport=True)


_pin = iam_evaluator.pin_request_origin
app.pin_request_origin = pin_origin
iam_evaluator.enforce = enforce


# --- CloudFront in front of an HTTP API: it refuses to dial AWS, so it dials itself --------------

_target, _headers = cloudfront._origin_connect_target, cloudfront._origin_request_headers


def connect_target(origin, viewer_is_https):
    if _EXECUTE_API.fullmatch(origin["domain_name"]):
        return "127.0.0.1", int(PORT), False
    return _target(origin, viewer_is_https)


def request_headers(origin, *args):
    sent = _headers(origin, *args)
    found = _EXECUTE_API.fullmatch(origin["domain_name"])
    if found:
        cloudfront._set_header_ci(sent, "Host", f"{found[1]}.execute-api.localhost:{PORT}")
    return sent


_fetch = cloudfront._serve_s3_origin


def fetch_from_s3(*args):
    # CloudFront reaches S3 by TLS; over loopback ministack takes every request for plain HTTP.
    iam_evaluator.pin_request_origin("127.0.0.1", secure_transport=True)
    return _fetch(*args)


cloudfront._serve_s3_origin = fetch_from_s3
cloudfront._origin_connect_target = connect_target
cloudfront._origin_request_headers = request_headers


# --- A REST API that streams: the function is asked as by one that does not, and answers whole ----

_function_of = apigateway_v1._extract_lambda_ref_from_integration_uri


def function_of(uri):
    return _function_of(uri.replace("/response-streaming-invocations", "/invocations"))


apigateway_v1._extract_lambda_ref_from_integration_uri = function_of


if __name__ == "__main__":
    PLACE.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        app.main()
    finally:
        server.stop()
