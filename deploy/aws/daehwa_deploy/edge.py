"""What only lets CloudFront in, and nobody without end: a secret, counters, who the viewer is."""

from __future__ import annotations

import json

from aws_cdk import RemovalPolicy, SecretValue
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_secretsmanager as secrets
from constructs import Construct

from daehwa import web
from daehwa.aws.login import COOKIE
from daehwa.aws.origin_secret import ADDRESS_HEADER, HEADER, HOST_HEADER
from daehwa.conversation.settings import Settings as FileSettings
from daehwa_deploy.acknowledged import acknowledge
from daehwa_deploy.call_limits import limits_environment
from daehwa_deploy.functions import Function
from daehwa_deploy.login_pool import LoginPool
from daehwa_deploy.settings import Settings

_SECRET_LENGTH = 43
# A viewer's headers of these names are overwritten, so that they say what CloudFront knows.
_VIEWER = f"""function handler(event) {{
  var request = event.request;
  request.headers['{ADDRESS_HEADER}'] = {{ value: event.viewer.ip }};
  request.headers['{HOST_HEADER}'] = {{ value: request.headers.host.value }};
  return request;
}}
"""
_GATE = f"""  var page = uri === '/' || uri === '/index.html';
  if (page && !request.cookies['{COOKIE}']) return {{
    statusCode: 302,
    statusDescription: 'Found',
    headers: {{ location: {{ value: '/chat/login' }}, 'cache-control': {{ value: 'no-store' }} }}
  }};
"""
# S3 answers what is not there with XML and "AccessDenied", which helps no visitor.
_NO_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>404</title>'
    '<p>There is no page at this address. <a href="/">Open the chat</a></p>'
    '<p lang="ko">이 주소에는 페이지가 없습니다. <a href="/">채팅 열기</a></p></html>'
)
_PAGE = """function handler(event) {
  var request = event.request, uri = request.uri;
%(gate)s  if (%(files)s.indexOf(uri) >= 0) return request;
  return {
    statusCode: 404,
    statusDescription: 'Not Found',
    headers: {
      'content-type': { value: 'text/html; charset=utf-8' },
      'cache-control': { value: 'no-store' },
      'content-security-policy': { value: "default-src 'none'; frame-ancestors 'none'" },
      'x-content-type-options': { value: 'nosniff' }
    },
    body: { encoding: 'text', data: %(body)s }
  };
}
"""


class Edge(Construct):
    """The parts of ``daehwa.aws.edge`` that a deployment has: ``guard`` gives them to functions."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self._settings = settings
        self.secret = secrets.Secret(
            self,
            "OriginSecret",
            description="What CloudFront sends and nobody else knows",
            generate_secret_string=secrets.SecretStringGenerator(
                password_length=_SECRET_LENGTH, exclude_punctuation=True
            ),
            removal_policy=RemovalPolicy.DESTROY,
        )
        acknowledge(
            self.secret,
            "SMG4",
            "CloudFront learns it at a deployment: another one takes a deployment, too.",
        )
        self.counters = dynamodb.Table(
            self,
            "Counters",
            partition_key=dynamodb.Attribute(name="counter", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            time_to_live_attribute="expiresAt",
            removal_policy=RemovalPolicy.DESTROY,
        )
        acknowledge(self.counters, "DDB3", "Counters of a minute or a day: nothing to recover.")
        self.login = LoginPool(self, "Login", settings=settings) if settings.login else None
        viewer = _function(self, "Viewer", _VIEWER, "Says who the viewer is")
        self.for_api = [_at_viewer_request(viewer)]
        code = page_function(signing_in=bool(settings.login or settings.login_issuer))
        page = _function(self, "Page", code, "Leads visitors to the page, and to signing in")
        self.for_page = [_at_viewer_request(page)]

    @property
    def origin_headers(self) -> dict[str, str]:
        """What CloudFront sends to the API; in the template it is a reference to the secret."""
        version = self._settings.origin_secret_version
        value = SecretValue.secrets_manager(self.secret.secret_arn, version_id=version)
        return {HEADER: value.unsafe_unwrap()}

    def guard(self, chat: Function, hook: Function, file: FileSettings) -> None:
        """Have the functions check what CloudFront sends, and count as options and file say."""
        settings = self._settings
        issuer, audience = settings.login_issuer, settings.login_audience
        if self.login is not None:
            issuer, audience = self.login.issuer, self.login.audience
        counted = limits_environment(settings, file.limits)
        given = {
            "ORIGIN_SECRET_ARN": self.secret.secret_arn,
            "ADDRESS_RATE": counted["ADDRESS_RATE"],
            "DAILY_TURNS": counted["DAILY_TURNS"],
            "ALLOWED_ORIGINS": ",".join(settings.origins),
            "CLIENT_ATTRIBUTES": settings.client_attributes,
            "LOGIN_ISSUER": issuer,
            "LOGIN_AUDIENCE": audience,
        }
        chat.add_variables({name: value for name, value in given.items() if value})
        for function in (chat, hook):
            function.add_variables({"COUNTER_TABLE": self.counters.table_name})
            function.add_variables({name: counted[name] for name in ("DAILY_ANSWERS", "LIMITS")})
            function.allow(["dynamodb:UpdateItem"], self.counters.table_arn)
        chat.allow(["secretsmanager:GetSecretValue"], self.secret.secret_arn)


def page_function(*, signing_in: bool) -> str:
    """The code of CloudFront's function before the page's files.

    Whoever asks for a file that the page does not have gets a line that leads to the page;
    with ``signing_in`` whoever has no cookie is led there first.
    """
    names = sorted(
        path.relative_to(web.STATIC).as_posix() for path in web.STATIC.rglob("*") if path.is_file()
    )
    return _PAGE % {
        "gate": _GATE if signing_in else "",
        "files": json.dumps(["/", *(f"/{name}" for name in names)]),
        # A function's code and what it answers in ASCII: nothing is left to an encoding.
        "body": json.dumps(_NO_PAGE.encode("ascii", "xmlcharrefreplace").decode()),
    }


def _function(scope: Construct, name: str, code: str, comment: str) -> cloudfront.Function:
    return cloudfront.Function(
        scope,
        name,
        code=cloudfront.FunctionCode.from_inline(code),
        runtime=cloudfront.FunctionRuntime.JS_2_0,
        comment=comment,
    )


def _at_viewer_request(function: cloudfront.Function) -> cloudfront.FunctionAssociation:
    return cloudfront.FunctionAssociation(
        function=function, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
    )
