"""The whole architecture as one stack."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from aws_cdk import Annotations, CfnOutput, RemovalPolicy, SecretValue, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secrets
from constructs import Construct

from daehwa_deploy.acknowledged import acknowledge
from daehwa_deploy.alarms import Alarms
from daehwa_deploy.answering import allow_answering
from daehwa_deploy.api import STREAMING_SECONDS, http_api, streaming_api
from daehwa_deploy.checked_models import out_of_reach
from daehwa_deploy.configuration import ANSWERS_FILE, Configuration, read_configuration
from daehwa_deploy.documents_asset import DocumentsAsset
from daehwa_deploy.edge import Edge
from daehwa_deploy.errors import SettingsError
from daehwa_deploy.front import Front
from daehwa_deploy.functions import Function
from daehwa_deploy.lexbot import ExistingLexBot, LexBot
from daehwa_deploy.missing_rights import warn_of_missing_rights
from daehwa_deploy.package import (
    PAGE_FILE,
    STREAM,
    BotFile,
    fallback_intents,
    functions_code,
    image_hosts,
    page_content,
    read_bot,
    warn_of_silence,
)
from daehwa_deploy.settings import Settings, check_arns, check_region
from daehwa_deploy.spending import Spending
from daehwa_deploy.watch import Watch, log_conversations, trace_stage
from daehwa_deploy.web_acl import REGION, WebAcl

_TABLE_ACTIONS = ("BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem")


class DaehwaStack(Stack):
    """Page, API, chat function, bot, code hook, key, transcript, alarms.

    Several fit into one account: what has a name there has the stack's before it, or that of
    ``settings.stack_name``.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        web_acl_arn: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(scope, name, description="Daehwa: a Lex V2 bot with ChatGPT", **more)
        check_region(self.region)
        settings = self._settings = _named(settings, self.stack_name)
        self._kept = RemovalPolicy.RETAIN if settings.retain else RemovalPolicy.DESTROY
        # What is read from it is copied into the assembly at once.
        with tempfile.TemporaryDirectory() as workplace:
            file = read_bot(settings, Path(workplace))
            warn_of_silence(self, file.definition)
            if file.archive is not None:
                warn_of_missing_rights(self, file.definition, settings)
            self._documents = self._documents_asset(Path(workplace))
            configuration = read_configuration(
                settings.config,
                file.definition,
                alias=settings.alias_name,
                documents=self._documents is not None,
            )
            self._configuration = configuration
            settings = self._settings = with_file(settings, configuration)
            self._own_hooks = configuration.hooks
            if settings.hook_arn:
                self._own_hooks = dict.fromkeys(file.definition.locales, settings.hook_arn)
            check_arns(self.region, secretArn=settings.secret_arn)
            for arn in self._own_hooks.values():
                check_arns(self.region, hookArn=arn)
            far = out_of_reach(settings.base_url) if settings.base_url else None
            for number, warning in enumerate((*configuration.warnings, *filter(None, (far,)))):
                Annotations.of(self).add_warning_v2(f"daehwa:configuration-{number}", warning)
            page = page_content(file.definition, settings, configuration)
            folder = functions_code(Path(workplace), page, configuration)
            code = lambda_.Code.from_asset(str(folder))
            self.secret = self._secret()
            self.hook = self._hook(code, file)
            self.bot = self._bot(file)
        self.table = self._table()
        self.chat = self._chat(code, file)
        self.edge = Edge(self, "Edge", settings=settings)
        self.edge.guard(self.chat, self.hook, configuration.settings)
        self.api = (streaming_api if settings.streaming else http_api)(self, self.chat, settings)
        self.front = Front(
            self,
            "Front",
            api=self.api,
            code=code,
            settings=settings,
            image_hosts=image_hosts(file.definition, settings, configuration),
            edge=self.edge,
            web_acl_arn=web_acl_arn or self._web_acl(),
        )
        self.alarms = Alarms(
            self, "Alarms", api=self.api, chat=self.chat, hook=self.hook, settings=settings
        )
        Spending(
            self,
            "Spending",
            chat=self.chat,
            hook=self.hook,
            topic=self.alarms.topic,
            settings=settings,
        )
        self._watch(file)
        for function in (self.chat, self.hook):
            function.check_variables()
        self._tell()

    def _watch(self, file: BotFile) -> None:
        settings = self._settings
        Watch(
            self,
            "Watch",
            api=self.api,
            chat=self.chat,
            hook=self.hook,
            bot_id=self.bot.bot_id,
            alias_id=self.bot.alias_id,
            locales=file.definition.locales,
            topic=self.alarms.topic,
            settings=settings,
        )
        if settings.tracing:
            trace_stage(self)
        if settings.conversation_logs:
            log_conversations(self.bot, self.bot.role, settings)

    def _web_acl(self) -> str | None:
        """The web ACL that is named, or one that is made here, which AWS takes in one region."""
        if not self._settings.web_acl:
            return self._settings.web_acl_arn
        if self.region != REGION:
            raise SettingsError(
                f"webAcl: a web ACL for CloudFront is in {REGION}, so deploy with the command "
                "(app.py), which makes a second stack there"
            )
        return WebAcl(self, "WebAcl").arn

    def _documents_asset(self, workplace: Path) -> DocumentsAsset | None:
        folder = self._settings.documents
        if folder is None:
            return None
        return DocumentsAsset(self, "Documents", folder=folder, workplace=workplace)

    def _secret(self) -> secrets.ISecret:
        if self._settings.secret_arn:
            return secrets.Secret.from_secret_complete_arn(self, "Key", self._settings.secret_arn)
        secret = secrets.Secret(
            self,
            "Key",
            description="OPENAI_API_KEY: put your key here after the first deployment",
            # Empty, so that a key that nobody put there fails at once and says so.
            secret_object_value={
                name: SecretValue.unsafe_plain_text("")
                for name in ("OPENAI_API_KEY", *self._configuration.keys)
            },
            removal_policy=self._kept,
        )
        acknowledge(
            secret, "SMG4", "OpenAI has no API to rotate a key with; the hook takes a new one."
        )
        return secret

    def _model(self) -> dict[str, str]:
        """The environment of a function that asks ChatGPT."""
        chosen = {
            "OPENAI_API_KEY_SECRET_ARN": self.secret.secret_arn,
            "OPENAI_MODEL": self._settings.model,
            "OPENAI_BASE_URL": self._settings.base_url,
            "ANSWERS_FILE": ANSWERS_FILE,
        }
        return {name: value for name, value in chosen.items() if value}

    def _hook(self, code: lambda_.Code, file: BotFile) -> Function:
        settings = self._settings
        environment = self._model() | {
            "FALLBACK_INTENTS": ",".join(fallback_intents(file.definition)) or "FallbackIntent",
        }
        arns = sorted(set(self._own_hooks.values()))
        if len(arns) == 1 and set(self._own_hooks) == set(file.definition.locales):
            environment["BOT_HOOK_ARN"] = arns[0]
        elif arns:
            environment["BOT_HOOKS"] = json.dumps(self._own_hooks, sort_keys=True)
        hook = Function(
            self,
            "Hook",
            module="hook",
            code=code,
            description="The bot's code hook: ChatGPT answers FallbackIntent",
            memory=512,
            # Lex waits 30 s for a code hook; the answer's own deadline is 25 s.
            seconds=29,
            log_days=settings.log_days,
            environment=environment,
        )
        self._let_answer(hook)
        if arns:
            hook.allow(["lambda:InvokeFunction"], *arns)
        return hook

    def _let_answer(self, function: Function) -> None:
        """Give a function the rights of whoever answers: the key, models, what is searched."""
        function.allow(["secretsmanager:GetSecretValue"], self.secret.secret_arn)
        allow_answering(function, self._configuration)
        if self._documents is not None:
            self._documents.let_search(function)

    def _bot(self, file: BotFile) -> LexBot | ExistingLexBot:
        if file.archive is None:
            return ExistingLexBot(self, "Lex", hook=self.hook.function, settings=self._settings)
        return LexBot(self, "Lex", file=file, hook=self.hook.function, settings=self._settings)

    def _table(self) -> dynamodb.Table:
        table = dynamodb.Table(
            self,
            "Transcript",
            partition_key=dynamodb.Attribute(name="session", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="messageId", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            time_to_live_attribute="expiresAt",
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=self._settings.recovery
            ),
            removal_policy=self._kept,
        )
        table.add_local_secondary_index(
            index_name="byTime",
            sort_key=dynamodb.Attribute(name="at", type=dynamodb.AttributeType.NUMBER),
        )
        return table

    def _chat(self, code: lambda_.Code, file: BotFile) -> Function:
        settings = self._settings
        streams = settings.streaming
        own = self._model() | {"AWS_LAMBDA_EXEC_WRAPPER": f"/var/task/{STREAM}"} if streams else {}
        chat = Function(
            self,
            "Chat",
            module="streaming" if streams else "chat",
            code=code,
            description="Answers /chat by asking Lex V2",
            memory=512,
            # Longer than the gateway waits: an answer that comes late is stored all the same.
            seconds=STREAMING_SECONDS if streams else 60,
            log_days=settings.log_days,
            concurrency=settings.concurrency,
            environment={
                "botId": self.bot.bot_id,
                "botAliasId": self.bot.alias_id,
                "localeId": next(iter(file.definition.locales)),
                "TRANSCRIPT_TABLE": self.table.table_name,
                "TRANSCRIPT_DAYS": str(settings.transcript_days),
                "PAGE_FILE": PAGE_FILE,
                **own,
            },
        )
        if streams:
            self._let_answer(chat)
        chat.allow(["lex:DeleteSession", "lex:RecognizeText"], self.bot.alias_arn)
        chat.allow(
            [f"dynamodb:{action}" for action in _TABLE_ACTIONS],
            self.table.table_arn,
            f"{self.table.table_arn}/index/byTime",
        )
        return chat

    def _tell(self) -> None:
        outputs = {
            "ChatUrl": (self.front.url, "Open this: the chat page"),
            "ApiUrl": (self.api.url, "The API without CloudFront"),
            "BotId": (self.bot.bot_id, "The bot on Lex"),
            "BotAliasId": (self.bot.alias_id, "The alias that is talked to"),
            "HookArn": (self.hook.function.function_arn, "The code hook, for an alias of Lex"),
            "SecretArn": (self.secret.secret_arn, "Put the OpenAI key here"),
            "TranscriptTable": (self.table.table_name, "Who said what"),
            "ChatLog": (self.chat.log.log_group_name, "The chat function's log"),
            "HookLog": (self.hook.log.log_group_name, "The code hook's log"),
        }
        for name, (value, description) in outputs.items():
            CfnOutput(self, name, value=value, description=description)


def with_file(settings: Settings, configuration: Configuration) -> Settings:
    """The settings with what ``daehwa.toml`` says of strangers, where they say nothing."""
    file = configuration.settings
    return msgspec.structs.replace(
        settings,
        allowed_origins=settings.allowed_origins or ",".join(file.allowed_origins) or None,
        client_attributes=settings.client_attributes
        or ",".join(file.client_attributes or ())
        or None,
    )


def _named(settings: Settings, stack_name: str) -> Settings:
    """The settings with the stack's own name where they give none."""
    usual = next(one for one in msgspec.structs.fields(Settings) if one.name == "stack_name")
    if settings.stack_name != usual.default:
        return settings
    return msgspec.structs.replace(settings, stack_name=stack_name)
