"""``daehwa serve``: the chat page, Lex's API and the rest on one port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from daehwa import server
from daehwa.cli.model_progress import ModelProgress
from daehwa.cli.not_served import show_not_served
from daehwa.cli.options import AnswerOption, Bots, Config, Data, opening
from daehwa.conversation import Catalogue


class _Announcements(Console):
    """What a server shows of itself: it serves on when nobody reads that any more."""

    def on_broken_pipe(self) -> None:
        """Show nothing further."""
        self.quiet = True


def serve(
    bots: Bots = None,
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on.", envvar="PORT")
    ] = 8080,
    data: Data = None,
    answer: AnswerOption = None,
    config: Config = None,
    workers: Annotated[int, typer.Option(min=1, help="The number of processes that serve.")] = 1,
    watch: Annotated[bool, typer.Option(help="Reload a bot when its files change.")] = True,
    tls: Annotated[
        bool,
        typer.Option(
            "--tls", help="Serve HTTPS, with a certificate for this machine made at the start."
        ),
    ] = False,
    tls_certificate: Annotated[
        Path | None, typer.Option(help="Serve HTTPS with this certificate, in PEM.")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option(help="The certificate's key, in PEM.")] = None,
) -> None:
    """Serve bots: a chat page, Lex's runtime API for boto3, and more, on one port."""
    chosen = msgspec.structs.replace(opening(bots, data, config, answer, watch=watch), hurried=True)
    console = _Announcements(stderr=True, highlight=False)

    with ModelProgress(console) as progress:

        def report(address: str, catalogue: Catalogue) -> None:
            show_not_served(catalogue.not_served(), console)
            for each in catalogue.bots:
                if each.path is None:  # made through the API, which lists it
                    continue
                locales = ", ".join(each.locales)
                console.print(
                    f"Serving {each.definition.name} ({each.id}; {locales})", markup=False
                )
            console.print(f"Talk to it at [bold]{address}[/] (Ctrl-C stops it)", soft_wrap=True)
            progress.follow(address)

        with _tls_files(host, tls_certificate, tls_key, make=tls) as files:
            if files is not None and tls_certificate is None:
                console.print(f"The certificate is {files.certificate}", markup=False)
            server.serve(chosen, host=host, port=port, workers=workers, tls=files, started=report)


@contextmanager
def _tls_files(
    host: str, certificate: Path | None, key: Path | None, *, make: bool
) -> Iterator[server.TlsFiles | None]:
    """The files that the options name, or made for as long as the server runs."""
    if (certificate is None) != (key is None):
        raise typer.BadParameter("--tls-certificate and --tls-key go together")
    if certificate is not None and key is not None:
        yield server.TlsFiles(certificate.absolute(), key.absolute())
    elif make:
        with TemporaryDirectory(prefix="daehwa-tls-") as folder:
            yield server.make_certificate(Path(folder), host)
    else:
        yield None
