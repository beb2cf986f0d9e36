"""The CDK application: ``cdk deploy`` in this folder puts a bot into an AWS account."""

import os
import sys

from aws_cdk import App, Environment, Tags, Validations
from cdk_nag import AwsSolutionsChecks
from daehwa_deploy import DaehwaStack, SettingsError, read_settings

app = App()
try:
    settings = read_settings(
        app.node.try_get_context, os.environ, given_names=app.node.get_all_context()
    )
    stack = DaehwaStack(
        app,
        settings.stack_name,
        settings=settings,
        env=Environment(
            account=os.environ.get("CDK_DEFAULT_ACCOUNT"),
            region=settings.region or os.environ.get("CDK_DEFAULT_REGION"),
        ),
    )
except SettingsError as error:
    sys.exit(f"daehwa: {error}")
Tags.of(stack).add("application", "daehwa")
Tags.of(stack).add("daehwa:stack", settings.stack_name)
Validations.of(app).add_plugins(AwsSolutionsChecks(app))
app.synth()
