"""The bot on Lex V2: imported from its export, a version for each content, an alias on it.

Or one that is there already, by its ids.
"""

from __future__ import annotations

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lex as lex
from aws_cdk import aws_s3_assets as assets
from constructs import Construct

from daehwa_deploy.acknowledged import EVERYTHING, acknowledge
from daehwa_deploy.package import BotFile
from daehwa_deploy.settings import Settings

_LONGEST_NAME = 100
_DIGEST = 12
_INTERFACE = "1.0"


class LexBot(Construct):
    """A bot, its version and its alias, with ``hook`` as every locale's code hook.

    A version never changes: its logical id holds the hash of the bot, so that a changed bot
    makes a new one and the alias moves to it. ``alias_arn`` is what callers are allowed.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        file: BotFile,
        hook: lambda_.IFunction,
        settings: Settings,
    ) -> None:
        super().__init__(scope, name)
        stack = Stack.of(self)
        archive = assets.Asset(self, "File", path=str(file.archive))
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal(
                "lexv2.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": stack.account}},
            ),
        )
        if any(locale.voice_settings for locale in file.definition.locales.values()):
            speak = iam.PolicyStatement(actions=["polly:SynthesizeSpeech"], resources=["*"])
            role.add_to_policy(speak)
            acknowledge(role, EVERYTHING, "SynthesizeSpeech knows no resource but lexicons.")
        if settings.kendra_index:
            index = stack.format_arn(
                service="kendra", resource="index", resource_name=settings.kendra_index
            )
            role.add_to_policy(iam.PolicyStatement(actions=["kendra:Query"], resources=[index]))
        if settings.knowledge_base:
            base = stack.format_arn(
                service="bedrock",
                resource="knowledge-base",
                resource_name=settings.knowledge_base,
            )
            role.add_to_policy(iam.PolicyStatement(actions=["bedrock:Retrieve"], resources=[base]))
        if settings.knowledge_model:
            model = stack.format_arn(
                service="bedrock",
                account="",
                resource="foundation-model",
                resource_name=settings.knowledge_model,
            )
            invoke = iam.PolicyStatement(actions=["bedrock:InvokeModel"], resources=[model])
            role.add_to_policy(invoke)
        self.role = role
        bot = lex.CfnBot(
            self,
            "Bot",
            # A bot's name is taken once in an account and region, so it holds the stack's.
            name=f"{settings.stack_name}-{file.definition.name}"[:_LONGEST_NAME].rstrip("-_"),
            role_arn=role.role_arn,
            data_privacy={
                "ChildDirected": bool(
                    file.definition.data_privacy and file.definition.data_privacy.child_directed
                )
            },
            idle_session_ttl_in_seconds=file.definition.idle_session_ttl_in_seconds,
            description=f"{file.definition.name}, deployed by Daehwa",
            bot_file_s3_location=lex.CfnBot.S3LocationProperty(
                s3_bucket=archive.s3_bucket_name, s3_object_key=archive.s3_object_key
            ),
            auto_build_bot_locales=True,
        )
        # Building reads with the role: its policy has to be there, too.
        bot.node.add_dependency(role)
        version = lex.CfnBotVersion(
            self,
            f"Version{file.digest[:_DIGEST]}",
            bot_id=bot.attr_id,
            description=f"bot file {file.digest[:_DIGEST]}",
            bot_version_locale_specification=[
                lex.CfnBotVersion.BotVersionLocaleSpecificationProperty(
                    locale_id=locale,
                    bot_version_locale_details=lex.CfnBotVersion.BotVersionLocaleDetailsProperty(
                        source_bot_version="DRAFT"
                    ),
                )
                for locale in file.definition.locales
            ],
        )
        # The alias moves on in the same deployment, and talks under way go on with their version.
        # A bot that is deleted takes its versions with it.
        version.apply_removal_policy(RemovalPolicy.RETAIN)
        alias = lex.CfnBotAlias(
            self,
            "Alias",
            bot_alias_name=settings.alias_name,
            bot_id=bot.attr_id,
            bot_version=version.attr_bot_version,
            bot_alias_locale_settings=[
                _hooked(locale, hook.function_arn) for locale in file.definition.locales
            ],
        )
        _let_call(self, hook, alias.attr_arn)
        self.bot_id = bot.attr_id
        self.alias_id = alias.attr_bot_alias_id
        self.alias_arn = alias.attr_arn


class ExistingLexBot(Construct):
    """A bot that is on Lex already, by the ids of ``settings``: nothing of it is changed.

    Its alias may call ``hook``; whoever looks after the bot names it there.
    """

    def __init__(
        self, scope: Construct, name: str, *, hook: lambda_.IFunction, settings: Settings
    ) -> None:
        super().__init__(scope, name)
        self.bot_id = settings.bot_id or ""
        self.alias_id = settings.alias_id or ""
        self.alias_arn = Stack.of(self).format_arn(
            service="lex",
            resource="bot-alias",
            resource_name=f"{self.bot_id}/{self.alias_id}",
        )
        _let_call(self, hook, self.alias_arn)


def _let_call(scope: Construct, hook: lambda_.IFunction, alias_arn: str) -> None:
    """Let Lex call the hook for one alias, and for no other."""
    lambda_.CfnPermission(
        scope,
        "MayCallHook",
        action="lambda:InvokeFunction",
        function_name=hook.function_arn,
        principal="lexv2.amazonaws.com",
        source_account=Stack.of(scope).account,
        source_arn=alias_arn,
    )


def _hooked(locale: str, arn: str) -> lex.CfnBotAlias.BotAliasLocaleSettingsItemProperty:
    hook = lex.CfnBotAlias.LambdaCodeHookProperty(
        code_hook_interface_version=_INTERFACE, lambda_arn=arn
    )
    return lex.CfnBotAlias.BotAliasLocaleSettingsItemProperty(
        locale_id=locale,
        bot_alias_locale_setting=lex.CfnBotAlias.BotAliasLocaleSettingsProperty(
            enabled=True,
            code_hook_specification=lex.CfnBotAlias.CodeHookSpecificationProperty(
                lambda_code_hook=hook
            ),
        ),
    )
