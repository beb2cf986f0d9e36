"""botocore's service models, and the text of a generated module."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session

PACKAGE = Path(__file__).parents[1] / "src" / "daehwa"


@cache
def service_model(service: str) -> Any:
    """The service model of an AWS service."""
    return botocore.session.get_session().get_service_model(service)


def header(about: str, generator: str, service: str) -> str:
    """The docstring of a generated module: what it holds, and where it comes from."""
    version = service_model(service).api_version
    made = f"Made by codegen/{generator} from botocore's service model {service} {version}."
    return f'"""{about}\n\n{made}\n"""'


def formatted(text: str) -> str:
    """The text of a module of the package, as ruff formats it."""
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(PACKAGE / "x.py")]
    done = subprocess.run([*command, "-"], input=text, capture_output=True, text=True, check=True)  # noqa: S603 - our own text
    return done.stdout
