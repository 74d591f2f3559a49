"""`migrate`, which makes an empty database at once and not step by step."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.commands import migrate
from django.db import connections

from cchc.interface.laying_out import is_empty, lay_out

_OF_ITS_OWN: Final = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")
"""What somebody may ask for who wants something else than an up-to-date database."""


class Command(migrate.Command):
    """Django's, with a shorter way where nothing is there yet."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Lay an empty database out; then what is left to do as ever, which is to tell those who wait for its end."""
        connection = connections[options["database"]]
        if not any(options[name] for name in _OF_ITS_OWN) and is_empty(connection):
            lay_out(connection)
        super().handle(*args, **options)
