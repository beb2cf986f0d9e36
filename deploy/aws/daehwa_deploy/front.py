"""The address that people open: the page from a private bucket and ``/chat`` from the API."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Any

from aws_cdk import CustomResource, Duration, RemovalPolicy, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_assets as assets
from constructs import Construct

from daehwa import web
from daehwa_deploy.acknowledged import acknowledge, objects_of
from daehwa_deploy.api import Api
from daehwa_deploy.edge import Edge
from daehwa_deploy.functions import Function
from daehwa_deploy.settings import Settings

_YEAR = Duration.days(365)
# Beside the longest region ("ap-southeast-2") and what it is.
_LONGEST_STACK, _DIGEST = 40, 8


class Front(Construct):
    """CloudFront in front of the page's bucket and the API; ``url`` is where it is."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        api: Api,
        code: lambda_.Code,
        settings: Settings,
        image_hosts: Iterable[str],
        edge: Edge,
        web_acl_arn: str | None = None,
    ) -> None:
        super().__init__(scope, name)
        self.bucket = s3.Bucket(
            self,
            "Page",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            # The page is in this package: there is nothing to lose.
            removal_policy=RemovalPolicy.DESTROY,
        )
        acknowledge(
            self.bucket, "S1", "Public files that only CloudFront reads; a log would tell nothing."
        )
        self.headers = self._headers(image_hosts, settings.origins)
        api_origin = origins.HttpOrigin(
            api.host,
            origin_path=api.path or None,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            read_timeout=api.read_timeout,
            custom_headers=edge.origin_headers,
        )
        chat = cloudfront.BehaviorOptions(
            origin=api_origin,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=self.headers,
            function_associations=edge.for_api,
        )
        named: dict[str, Any] = {}
        if settings.domain and settings.certificate_arn:
            named = {
                "domain_names": [settings.domain],
                "certificate": acm.Certificate.from_certificate_arn(
                    self, "Certificate", settings.certificate_arn
                ),
                "minimum_protocol_version": cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            }
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"{settings.stack_name}: Daehwa's chat page",
            default_root_object="index.html",
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(
                    self.bucket,
                    origin_access_control=cloudfront.S3OriginAccessControl(
                        self, "Access", origin_access_control_name=self._regional_name("Page")
                    ),
                ),
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=self.headers,
                compress=True,
                function_associations=edge.for_page,
            ),
            additional_behaviors={"/chat": chat, "/chat/*": chat},
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            web_acl_id=web_acl_arn,
            **named,
        )
        self._acknowledge(settings, walled=web_acl_arn is not None)
        self.url = f"https://{settings.domain or self.distribution.distribution_domain_name}"
        self._fill(code, settings)

    def _regional_name(self, what: str) -> str:
        """A name in an account-wide list: at most 64 characters, for each stack another."""
        stack = Stack.of(self)
        name = stack.stack_name
        if len(name) > _LONGEST_STACK:
            digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST]
            name = f"{name[: _LONGEST_STACK - _DIGEST - 1]}-{digest}"
        return f"{name}-{stack.region}-{what}"

    def _headers(
        self, image_hosts: Iterable[str], parents: Collection[str]
    ) -> cloudfront.ResponseHeadersPolicy:
        policy = web.content_security_policy(image_hosts=image_hosts, parents=parents)
        return cloudfront.ResponseHeadersPolicy(
            self,
            "Headers",
            # CloudFront's names are taken once in an account, whatever the region.
            response_headers_policy_name=self._regional_name("Headers"),
            comment="What the chat page is written for",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=policy, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=_YEAR, include_subdomains=False, override=True
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(
                        header="cross-origin-resource-policy",
                        # Whoever may embed the chat loads its launcher from here.
                        value="cross-origin" if parents else "same-origin",
                        override=True,
                    )
                ]
            ),
        )

    def _acknowledge(self, settings: Settings, *, walled: bool) -> None:
        logged = "Each /chat request is logged, without the visitor's address; files are public."
        acknowledge(self.distribution, "CFR3", logged)
        anywhere = "Visitors come from anywhere; restrict it here if yours do not."
        acknowledge(self.distribution, "CFR1", anywhere)
        if not walled:
            limited = "Addresses and days have limits; a web ACL costs more, and is an option."
            acknowledge(self.distribution, "CFR2", limited)
        if not settings.domain:
            own = "CloudFront's own certificate sets this; a domain of yours brings TLS 1.2."
            acknowledge(self.distribution, "CFR4", own)

    def _fill(self, code: lambda_.Code, settings: Settings) -> None:
        """Have the page's files written into the bucket, and the bucket emptied at the end."""
        page = assets.Asset(self, "PageFiles", path=str(web.STATIC))
        self.filler = Function(
            self,
            "Filler",
            module="site",
            code=code,
            description="Writes the chat page into its bucket",
            memory=256,
            seconds=120,
            log_days=settings.log_days,
        )
        self.filler.allow(["s3:ListBucket"], self.bucket.bucket_arn)
        self.filler.allow(["s3:DeleteObject", "s3:PutObject"], self.bucket.arn_for_objects("*"))
        acknowledge(
            self.filler.role,
            objects_of(self.bucket),
            "It writes and removes the page's files, whatever they are called.",
        )
        self.filler.allow(["s3:GetObject"], page.bucket.arn_for_objects(page.s3_object_key))
        files = CustomResource(
            self,
            "Files",
            service_token=self.filler.function.function_arn,
            resource_type="Custom::DaehwaPage",
            properties={
                "Bucket": self.bucket.bucket_name,
                "SourceBucket": page.s3_bucket_name,
                "SourceKey": page.s3_object_key,
            },
        )
        # At the end the bucket is emptied while the function may still do so.
        files.node.add_dependency(self.filler.role)
