"""Kendra's API over HTTP: its clients ask this server's documents, and put some there."""

from daehwa.server.kendraapi.kendra_endpoint import KendraApi, claims, door
from daehwa.server.kendraapi.kendra_error import error_response

__all__ = ["KendraApi", "claims", "door", "error_response"]
