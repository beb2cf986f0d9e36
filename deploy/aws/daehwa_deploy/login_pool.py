"""People who may use the chat, in a Cognito user pool."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from daehwa_deploy.acknowledged import acknowledge
from daehwa_deploy.settings import Settings


class LoginPool(Construct):
    """A pool whose people are made by an administrator, and the chat as its client."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        stack = Stack.of(self)
        pool = cognito.UserPool(
            self,
            "Pool",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_digits=True,
                require_lowercase=True,
                require_uppercase=True,
                require_symbols=True,
            ),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            removal_policy=RemovalPolicy.RETAIN if settings.retain else RemovalPolicy.DESTROY,
        )
        acknowledge(pool, "COG2", "Whether people need a second factor is for the pool's owner.")
        acknowledge(pool, "COG3", "Threat protection is a plan that costs; switch it on there.")
        acknowledge(pool, "COG8", "The plan is for the pool's owner.")
        # Taken once in a region for all accounts.
        prefix = f"{settings.stack_name.lower()}-{stack.account}"
        pool.add_domain("Domain", cognito_domain=cognito.CognitoDomainOptions(domain_prefix=prefix))
        client = pool.add_client(
            "Chat",
            generate_secret=False,
            id_token_validity=Duration.hours(8),
            prevent_user_existence_errors=True,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[cognito.OAuthScope.OPENID],
                callback_urls=[f"https://{settings.domain}/chat/login/callback"],
            ),
        )
        self.issuer = f"https://cognito-idp.{stack.region}.{stack.url_suffix}/{pool.user_pool_id}"
        self.audience = client.user_pool_client_id
