"""One template for the CloudFormation console, with its parameters explained, and what it needs.

    .venv/bin/python -m daehwa_deploy.console FOLDER

``FOLDER`` gets ``template.json`` and ``daehwa/``, which is copied into a bucket of one's own in the
region of the stack. The bot file, ``daehwa.toml`` and further options are those of the environment
(``DAEHWA_BOT_FILE``, ``DAEHWA_CONFIG``), as for ``cdk deploy``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from aws_cdk import App, CfnParameter, DefaultStackSynthesizer

from daehwa_deploy.errors import SettingsError
from daehwa_deploy.settings import FORMS, Settings, read_settings
from daehwa_deploy.stack import DaehwaStack

_PREFIX = "daehwa/"
_ARGUMENTS = 2
_BUCKET = "AssetsBucket"
# The stack is synthesised with these, and parameters stand in their place afterwards.
_STACK = "DaehwaStandsForTheStack"
_EMAIL = "alarms@address.parameter"
_ADDRESS = "https://stands-for.base-url/v1"
_ALIAS = "StandsForTheAlias"
_RATE, _BURST, _DAYS = 98_761, 98_762, 36_477
_USUAL = Settings()
_WHOLE, _WHOLE_COMPLAINT = "[1-9][0-9]{0,3}", "A whole number from 1 to 9999."


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of the template: what the console shows of it, and what it stands in for."""

    name: str
    label: str
    description: str
    place: str | int | None
    default: str | int | None = None
    pattern: str | None = None
    complaint: str | None = None

    def declared(self) -> dict[str, Any]:
        """The parameter as the template declares it."""
        # A parameter of the type Number takes 1.5, which is neither days nor requests.
        declared: dict[str, Any] = {"Type": "String", "Description": self.description}
        if self.default is not None:
            declared["Default"] = str(self.default)
        if self.pattern is not None:
            declared["AllowedPattern"] = self.pattern
        if self.complaint is not None:
            declared["ConstraintDescription"] = self.complaint
        return declared


PARAMETERS = (
    Parameter(
        _BUCKET,
        "Bucket with the files",
        "The S3 bucket, in this region, that the folder daehwa/ beside this template was copied "
        "into.",
        None,
        pattern="[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
        complaint="It is the bucket's name, without s3:// and without a path.",
    ),
    Parameter(
        "AlarmEmail",
        "Address for alarms",
        "Gets mail when something fails, after a click on Confirm subscription in the first mail. "
        "Leave it empty for none.",
        _EMAIL,
        default="",
        pattern=f"|{FORMS['alarmEmail'].pattern}",
        complaint="It is one address, such as you@example.com, or empty.",
    ),
    Parameter(
        "OpenAiBaseUrl",
        "Address of the model's API",
        "Who answers what the bot does not understand: OpenAI, or any endpoint with its API.",
        _ADDRESS,
        default="https://api.openai.com/v1",
        pattern=FORMS["baseUrl"].pattern,
        complaint="It looks like https://host/v1",
    ),
    Parameter(
        "AliasName",
        "Name of the bot's alias",
        "The alias of the bot on Amazon Lex that the page talks to.",
        _ALIAS,
        default="live",
        pattern=FORMS["aliasName"].pattern,
        complaint="Letters and digits, with single hyphens or underscores between; TestBotAlias "
        "and its id, TSTALIASID, are Lex's own.",
    ),
    Parameter(
        "ThrottleRate",
        "Requests a second",
        "Further ones get an error and may be sent again; it limits what a flood can cost.",
        _RATE,
        default=_USUAL.throttle_rate,
        pattern=_WHOLE,
        complaint=_WHOLE_COMPLAINT,
    ),
    Parameter(
        "ThrottleBurst",
        "Requests at once",
        "How many may come at once before the limit per second applies.",
        _BURST,
        default=_USUAL.throttle_burst,
        pattern=_WHOLE,
        complaint=_WHOLE_COMPLAINT,
    ),
    Parameter(
        "TranscriptDays",
        "Days that transcripts are kept",
        "What people said is deleted from the table after this many days.",
        str(_DAYS),
        default=_USUAL.transcript_days,
        pattern=_WHOLE,
        complaint=_WHOLE_COMPLAINT,
    ),
)


def write_console_template(settings: Settings, folder: Path) -> None:
    """Write the template and the files that it needs into ``folder``.

    Raises:
        SettingsError: a setting is wrong.
    """
    settings = msgspec.structs.replace(
        settings,
        stack_name=_STACK,
        alarm_email=_EMAIL,
        base_url=_ADDRESS,
        alias_name=_ALIAS,
        throttle_rate=_RATE,
        throttle_burst=_BURST,
        transcript_days=_DAYS,
    )
    with tempfile.TemporaryDirectory() as place:
        app = App(outdir=place, context=_FEATURES)
        synthesizer = DefaultStackSynthesizer(
            file_assets_bucket_name=f"${{{_BUCKET}}}",
            bucket_prefix=_PREFIX,
            generate_bootstrap_version_rule=False,
        )
        stack = DaehwaStack(app, _STACK, settings=settings, synthesizer=synthesizer)
        CfnParameter(stack, _BUCKET)  # declared in full below
        app.synth()
        folder.mkdir(parents=True, exist_ok=True)
        _copy_files(Path(place), folder)
        template = json.loads((Path(place) / f"{_STACK}.template.json").read_text("utf-8"))
    text = json.dumps(with_parameters(template), ensure_ascii=False, indent=1)
    (folder / "template.json").write_text(text + "\n", encoding="utf-8")


def with_parameters(template: dict[str, Any]) -> dict[str, Any]:
    """The template with parameters where it was synthesised with what stands for them."""
    places = {each.place: each.name for each in PARAMETERS if each.place is not None}
    used: set[str] = set()

    def put(value: Any) -> Any:
        # True is 1 to a dict.
        if isinstance(value, str | int) and not isinstance(value, bool) and value in places:
            used.add(places[value])
            return {"Ref": places[value]}
        if isinstance(value, str) and _STACK in value:
            return {"Fn::Sub": value.replace(_STACK, "${AWS::StackName}")}
        return value

    made = {
        name: part if name == "Parameters" else _mapped(part, put)
        for name, part in template.items()
    }
    unused = {name for name in places.values() if name not in used}
    if unused:
        raise SettingsError(f"nothing in the stack takes {', '.join(sorted(unused))}")
    for resource in made["Resources"].values():
        if resource["Type"] == "AWS::SNS::Subscription":
            resource["Condition"] = "HasAlarmEmail"
    has_email = {"Fn::Not": [{"Fn::Equals": [{"Ref": "AlarmEmail"}, ""]}]}
    made["Conditions"] = {**made.get("Conditions", {}), "HasAlarmEmail": has_email}
    made["Parameters"] = {each.name: each.declared() for each in PARAMETERS}
    made["Metadata"] = {
        "AWS::CloudFormation::Interface": {
            "ParameterGroups": [
                {
                    "Label": {"default": "The chat"},
                    "Parameters": [each.name for each in PARAMETERS],
                }
            ],
            "ParameterLabels": {each.name: {"default": each.label} for each in PARAMETERS},
        }
    }
    return made


# As in cdk.json.
_FEATURES = {
    "@aws-cdk/aws-iam:minimizePolicies": True,
    "@aws-cdk/aws-cloudfront:defaultSecurityPolicyTLSv1.2_2021": True,
}


def _mapped(part: Any, put: Callable[[Any], Any]) -> Any:
    if isinstance(part, dict):
        return {name: _mapped(value, put) for name, value in part.items()}
    if isinstance(part, list):
        return [_mapped(value, put) for value in part]
    return put(part)


def _copy_files(assembly: Path, folder: Path) -> None:
    """Copy the assembly's assets under the names that the template has for them."""
    manifest = json.loads((assembly / f"{_STACK}.assets.json").read_text("utf-8"))
    for asset in manifest["files"].values():
        source = assembly / asset["source"]["path"]
        if source.name.endswith(".template.json"):
            continue
        (destination,) = asset["destinations"].values()
        target = folder / destination["objectKey"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if asset["source"]["packaging"] == "zip":
            shutil.make_archive(str(target.with_suffix("")), "zip", source)
        else:
            shutil.copy(source, target)


def main() -> None:
    """Write the template of the environment's settings."""
    if len(sys.argv) != _ARGUMENTS:
        sys.exit("usage: python -m daehwa_deploy.console FOLDER")
    folder = Path(sys.argv[1])
    try:
        write_console_template(read_settings(lambda _: None, os.environ), folder)
    except SettingsError as error:
        sys.exit(f"daehwa: {error}")
    print(  # noqa: T201 - it talks to a person
        f"Copy the files into a bucket in the stack's region:\n"
        f"  aws s3 cp --recursive {folder / _PREFIX} s3://YOUR-BUCKET/{_PREFIX}\n"
        f"then choose {folder / 'template.json'} in the CloudFormation console, and name the "
        "stack with up to 40 letters, digits and single hyphens."
    )


if __name__ == "__main__":
    main()
