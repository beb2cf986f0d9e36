"""Bots that CloudFormation templates define, by hand or by the CDK, as files of an export."""
