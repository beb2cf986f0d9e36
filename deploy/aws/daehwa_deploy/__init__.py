"""Daehwa on AWS: the CDK stack, and its settings."""

from daehwa_deploy.errors import SettingsError
from daehwa_deploy.settings import Settings, read_settings
from daehwa_deploy.stack import DaehwaStack

__all__ = ["DaehwaStack", "Settings", "SettingsError", "read_settings"]
