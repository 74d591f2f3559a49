"""`cchc serve`: answer on one address."""

from __future__ import annotations

import click

from cchc.cli.session import language_option


@click.command(epilog="Example: CCHC_PORT=8080 cchc serve --host 127.0.0.1")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), envvar="CCHC_PORT", default=8000, show_default=True, show_envvar=True
)
@language_option
def command(host: str, port: int, language: str) -> None:
    """Serve the pages (trang công khai) until stopped with Ctrl-C."""
    from cchc.config.serving import serve  # loads the web server: only when it is wanted

    serve(host, port)
