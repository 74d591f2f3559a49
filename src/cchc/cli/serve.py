"""`cchc serve`: answer on one address."""

from __future__ import annotations

import os
import socket

import click

from cchc.cli.session import language_option
from cchc.records.errors import refuse


@click.command(epilog="Example: CCHC_PORT=8080 cchc serve --host 127.0.0.1")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), envvar="CCHC_PORT", default=8000, show_default=True, show_envvar=True
)
@language_option
def command(host: str, port: int, language: str) -> None:
    """Serve the pages (trang công khai) until stopped with Ctrl-C."""
    answer_on(host, port)


def answer_on(host: str, port: int) -> None:
    """Serve there until stopped. Raises `cli.address_not_free` when nobody can listen there."""
    expect_free(host, port)
    from cchc.config.serving import serve  # loads Django and the web server: only when they are wanted

    serve(host, port)


def expect_free(host: str, port: int) -> None:
    """Listen for a moment: a server that is already running is common, and no fault of the program."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None) or 0
        detail = os.strerror(number) if number > 0 else str(error)
        raise refuse("cli.address_not_free", host=host, port=str(port), detail=detail) from error
