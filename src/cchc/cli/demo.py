"""`cchc demo`: what `./run` starts. Prepares the database, fills an empty one with the shipped rounds, serves.

One worker does jobs beside the server.
"""

from __future__ import annotations

import ipaddress
import os
from datetime import UTC, datetime

import click

from cchc.cli import demo_round
from cchc.cli.migrate import bring_up_to_date
from cchc.cli.output import working
from cchc.cli.serve import expect_free
from cchc.cli.session import language_option
from cchc.cli.worker import worker_beside
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say


@click.group(invoke_without_command=True, epilog="Example: CCHC_PORT=8080 cchc demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), envvar="CCHC_PORT", default=8000, show_default=True, show_envvar=True
)
@click.option("--no-serve", is_flag=True, help="Only prepare the database.")
@language_option
@click.pass_context
def command(ctx: click.Context, host: str, port: int, no_serve: bool, language: Language) -> None:
    """Load the shipped rounds (kết quả đã công bố) into an empty database and serve them until Ctrl-C."""
    if ctx.invoked_subcommand is not None:
        return
    if not no_serve:
        expect_free(host, port)
    if _is_loopback(host):
        os.environ.setdefault("CCHC_DEMO", "1")
    with working(say(Message("demo.preparing"), language)):
        titles, passwords = _prepare(language)
    for title in titles:
        click.echo(say(Message("demo.loaded", {"title": title}), language))
    if passwords:
        click.echo(say(Message("demo.accounts"), language))
        for username, password in passwords.items():
            click.echo(f"  {username:<12} {password}")
    if no_serve:
        return
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    click.echo(say(Message("demo.serving", {"address": address}), language))
    from cchc.config.serving import serve

    with worker_beside():
        serve(host, port)


command.add_command(demo_round.command)


def _prepare(language: Language) -> tuple[list[str], dict[str, str]]:
    """Bring the database up to date and fill it when it is empty: the titles of what was loaded, and the passwords of
    the sample accounts that were opened (only with `CCHC_DEMO`, shown this once).
    """
    bring_up_to_date()
    from django.conf import settings

    from cchc.demo.loading import load_shipped_rounds
    from cchc.demo.province import load_sample_province, read_sample
    from cchc.organizations.models import Unit
    from cchc.organizations.passwords import chance_password
    from cchc.portal.figures import RoundFigures
    from cchc.portal.models import PublishedRound

    now = datetime.now(UTC)
    passwords: dict[str, str] = {}
    if settings.CCHC_DEMO and not Unit.objects.exists():
        passwords = {person.username: chance_password() for person in read_sample().people}
        load_sample_province(now, passwords)
    if PublishedRound.objects.filter(scored_in=None).exists():
        return [], passwords
    return [RoundFigures(published, language).title for published in load_shipped_rounds(now)], passwords


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
