"""The template for the console: its parameters, its files, and the package that it is made by."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from daehwa_deploy import Settings
from daehwa_deploy.console import PARAMETERS, with_parameters, write_console_template

HERE = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("console")
    write_console_template(Settings(), folder)
    return folder


@pytest.fixture(scope="module")
def template(written):
    return json.loads((written / "template.json").read_text(encoding="utf-8"))


def test_every_parameter_is_explained_and_used(template):
    labels = template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterLabels"]
    text = json.dumps(template["Resources"])
    for parameter in PARAMETERS:
        declared = template["Parameters"][parameter.name]
        assert len(declared["Description"]) > 20
        assert labels[parameter.name]["default"]
        assert f'{{"Ref": "{parameter.name}"}}' in text or f"${{{parameter.name}}}" in text
        if "AllowedPattern" in declared:
            assert declared["ConstraintDescription"]


def test_the_defaults_are_those_of_the_options_and_pass(template):
    """CloudFormation matches a pattern with the whole value; a number is a whole one."""
    declared = template["Parameters"]
    usual = Settings()
    for name, value in (
        ("AliasName", usual.alias_name),
        ("ThrottleRate", usual.throttle_rate),
        ("ThrottleBurst", usual.throttle_burst),
        ("TranscriptDays", usual.transcript_days),
    ):
        assert declared[name]["Default"] == str(value)
        assert re.fullmatch(declared[name]["AllowedPattern"], str(value))
    wrong = (
        ("AliasName", "TestBotAlias"),
        ("AliasName", "TSTALIASID"),
        ("TranscriptDays", "1.5"),
        ("AlarmEmail", "ops@shop..example"),
        ("AlarmEmail", "<me@shop.example>"),
    )
    for name, value in wrong:
        assert not re.fullmatch(declared[name]["AllowedPattern"], value)


def test_nothing_that_stood_in_is_left(template):
    text = json.dumps(template)
    for words in ("StandsFor", "stands-for", "@address.parameter", "98761", "98762", "36477"):
        assert words not in text


def test_a_parameter_that_nothing_takes_is_an_error():
    with pytest.raises(Exception, match="nothing in the stack takes AlarmEmail, AliasName"):
        with_parameters({"Resources": {}})


def test_without_an_address_nobody_is_written_to(template):
    (one,) = [
        each for each in template["Resources"].values() if each["Type"] == "AWS::SNS::Subscription"
    ]
    assert one["Condition"] == "HasAlarmEmail"


def test_its_files_are_beside_it(written, template):
    """What the template takes from the bucket is in the folder, by the same name."""
    names = {f"daehwa/{file.name}" for file in (written / "daehwa").iterdir()}
    text = json.dumps(template["Resources"])
    assert names
    assert all(name in text for name in names)
    contents = [set(zipfile.ZipFile(written / name).namelist()) for name in names]
    assert any("daehwa/aws/chat.py" in content for content in contents)
    assert any("index.html" in content for content in contents)
    assert any("Manifest.json" in content for content in contents)


def test_cfn_lint_has_nothing(written):
    done = subprocess.run(
        [Path(sys.executable).with_name("cfn-lint"), written / "template.json"],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_constructs_are_a_typed_package():
    """What an installed package has: its modules, its types, and no tests."""
    project = (HERE / "pyproject.toml").read_text(encoding="utf-8")
    assert 'packages = ["daehwa_deploy"]' in project
    assert (HERE / "daehwa_deploy/py.typed").exists()
    import daehwa_deploy

    assert set(daehwa_deploy.__all__) == {
        "DaehwaStack",
        "Settings",
        "SettingsError",
        "read_settings",
    }
