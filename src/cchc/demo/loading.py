"""Putting the shipped rounds on the public pages.

Each round is a pair in `data/`: `NAME.yaml` describes it, `NAME.csv` holds the figures as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from cchc.audit.actors import Actor
from cchc.portal.actions import publish_round
from cchc.portal.descriptions import RoundDescription, read_description
from cchc.portal.models import PublishedRound
from cchc.tables.grid import Grid
from cchc.tables.reading import read_tables

LOADER: Final = Actor("system", "demo")


def load_shipped_rounds(now: datetime) -> list[PublishedRound]:
    """Publish every shipped round that is not published yet. Running it again changes nothing.

    A round that somebody has published under the same slug is left as it is.
    """
    shipped = [shipped_round(name) for name in shipped_names()]
    present = set(PublishedRound.objects.values_list("slug", flat=True).order_by("slug"))
    return [
        publish_round(actor=LOADER, now=now, description=description, table=table)
        for description, table in shipped
        if description.slug not in present
    ]


def shipped_names() -> list[str]:
    """The names of the rounds that ship with the product."""
    return sorted(file.name.removesuffix(".yaml") for file in _data().iterdir() if file.name.endswith(".yaml"))


def shipped_round(name: str) -> tuple[RoundDescription, Sequence[Grid]]:
    """A shipped round: its description and its table as read."""
    description = read_description((_data() / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    table = f"{name}.csv"
    return description, read_tables((_data() / table).read_bytes(), table)


def _data() -> Traversable:
    return resources.files("cchc.demo") / "data"
