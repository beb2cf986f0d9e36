"""``daehwa model``: the embedded model's weights."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table

from daehwa import answers
from daehwa.cli.options import Data
from daehwa.conversation import default_data

app = typer.Typer(
    help="The embedded model's weights: fetch them, see what is there.", no_args_is_help=True
)
