"""A web application firewall before CloudFront; AWS keeps those in us-east-1 and nowhere else."""

from __future__ import annotations

from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

REGION = "us-east-1"
# In five minutes, from one address: below it WAF counts nothing.
_RATE = 1_000
_MANAGED = ("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet")


class WebAcl(Construct):
    """Refuses addresses that AWS knows for attacks, known attacks, and who sends without end."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name)
        rate = waf.CfnWebACL.RuleProperty(
            name="Rate",
            priority=0,
            action=waf.CfnWebACL.RuleActionProperty(block={}),
            statement=waf.CfnWebACL.StatementProperty(
                rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                    limit=_RATE, aggregate_key_type="IP"
                )
            ),
            visibility_config=_seen("Rate"),
        )
        managed = [
            waf.CfnWebACL.RuleProperty(
                name=rules,
                priority=number,
                override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
                statement=waf.CfnWebACL.StatementProperty(
                    managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                        vendor_name="AWS", name=rules
                    )
                ),
                visibility_config=_seen(rules),
            )
            for number, rules in enumerate(_MANAGED, start=1)
        ]
        acl = waf.CfnWebACL(
            self,
            "Acl",
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            rules=[rate, *managed],
            visibility_config=_seen("All"),
        )
        self.arn = acl.attr_arn


class WebAclStack(Stack):
    """The web ACL of a deployment in another region: a stack of its own in us-east-1."""

    def __init__(self, scope: Construct, name: str, **more: Any) -> None:
        super().__init__(
            scope,
            name,
            description="Daehwa: the web ACL before CloudFront",
            cross_region_references=True,
            **more,
        )
        self.arn = WebAcl(self, "WebAcl").arn


def _seen(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )
