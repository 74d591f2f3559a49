"""What moves along when the first day of a unit is corrected, as the page says it before that is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cchc.organizations.models import Unit
from cchc.organizations.queries.first_days import begun_with, calendars_in, grants_over, postings_in, supervisions_of


@dataclass(frozen=True, slots=True)
class MovingAlong:
    """The parts founded with a unit, and how many records began with them all, by what they are called."""

    parts: Sequence[Unit]
    numbers: Mapping[str, int]

    def said(self) -> str:
        """One sentence; empty where nothing moves along."""
        listed = ", ".join(f"{name}: {number}" for name, number in self.numbers.items() if number)
        return _("What began with it moves along (%(listed)s).") % {"listed": listed} if listed else ""


def parts_of_first_day(unit: Unit) -> MovingAlong:
    """Of a unit as it is recorded now."""
    begun = begun_with(unit)
    keys, day = [one.unit_id for one in begun], begun[0].starts_on
    records = {
        _("posts"): postings_in(keys),
        _("roles"): grants_over(keys),
        _("supervisions"): supervisions_of(keys),
        _("calendars"): calendars_in(keys),
    }
    counted = {name: found.filter(starts_on=day).count() for name, found in records.items()}
    return MovingAlong([one.unit for one in begun[1:]], {_("parts"): len(begun) - 1} | counted)
