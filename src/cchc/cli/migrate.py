"""`cchc migrate`: bring the database up to date, its tables and the audit chain's protection."""

from __future__ import annotations

import click

from cchc.cli.output import working
from cchc.cli.session import language_option
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say


@click.command(epilog="Example: DATABASE_URL=postgres://cchc@/cchc cchc migrate")
@language_option
def command(language: Language) -> None:
    """Make or update the tables of the database, and put the triggers of the audit chain in place."""
    with working(say(Message("cli.migrating"), language)):
        bring_up_to_date()
    click.echo(say(Message("cli.migrated"), language))


def bring_up_to_date() -> None:
    """Set Django up and apply what migrations there are; also with nothing to apply the triggers are put back."""
    from cchc.config import boot

    boot.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
