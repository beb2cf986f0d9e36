"""The CDK application: ``cdk deploy`` in this folder puts a bot into an AWS account."""

import os
import sys

from aws_cdk import App, Environment, Tags, Validations
from cdk_nag import AwsSolutionsChecks
from daehwa_deploy import DaehwaStack, SettingsError, read_settings
from daehwa_deploy.web_acl import REGION, WebAclStack

app = App()
try:
    settings = read_settings(
        app.node.try_get_context, os.environ, given_names=app.node.get_all_context()
    )
    account = os.environ.get("CDK_DEFAULT_ACCOUNT")
    region = settings.region or os.environ.get("CDK_DEFAULT_REGION")
    web_acl = None
    if settings.web_acl and region != REGION:
        web_acl = WebAclStack(
            app, f"{settings.stack_name}WebAcl", env=Environment(account=account, region=REGION)
        )
    stack = DaehwaStack(
        app,
        settings.stack_name,
        settings=settings,
        web_acl_arn=web_acl and web_acl.arn,
        cross_region_references=web_acl is not None,
        env=Environment(account=account, region=region),
    )
except SettingsError as error:
    sys.exit(f"daehwa: {error}")
Tags.of(stack).add("application", "daehwa")
Tags.of(stack).add("daehwa:stack", settings.stack_name)
Validations.of(app).add_plugins(AwsSolutionsChecks(app))
app.synth()
