"""What is wrong with a deployment's settings, before anything is deployed."""

from __future__ import annotations


class SettingsError(Exception):
    """A setting is wrong; the message names it and the cure."""
