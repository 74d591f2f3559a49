"""The figures of the board: what each counts, and which shares stand behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cchc.oversight.models import DelayVerdict, Finding
from cchc.oversight.queries.board import Tally


@dataclass(frozen=True, slots=True)
class Figure:
    """`id` stands in addresses. `shares` are those that it counts; `column` is added up, or they are counted. `mark` is
    the status (`components.chip`) whose sign stands at its name.
    """

    id: str
    name: str | Promise
    shares: Q
    column: str = ""
    mark: str = ""

    def of(self, tally: Tally) -> int:
        """Its value in a line of the board."""
        return _VALUES[self.id](tally)


DOSSIERS: Final = Figure("ho-so", gettext_lazy("Dossiers held"), Q(is_main=True))
STEPS: Final = Figure("buoc", gettext_lazy("Number of steps"), Q(steps__gt=0), "steps")
LATE_STEPS: Final = Figure("buoc-qua-han", gettext_lazy("Steps charged"), Q(late_steps__gt=0), "late_steps")
OVERDUE: Final = Figure("qua-han", gettext_lazy("Overdue"), Q(is_overdue=True))
CARRIED_OVER: Final = Figure("ton", gettext_lazy("Carried over from before"), Q(is_overdue=True, is_carried_over=True))
NEW: Final = Figure("moi", gettext_lazy("New in the month"), Q(is_overdue=True, is_carried_over=False))
RETURNED: Final = Figure("da-xong", gettext_lazy("Settled"), Q(is_overdue=True, is_returned=True))
STILL_OPEN: Final = Figure("con-mo", gettext_lazy("Still open"), Q(is_overdue=True, is_returned=False))
_VERDICTS: Final = DelayVerdict.objects.filter(kept=OuterRef("dossier"), is_current=True)
REAL: Final = Figure(
    "thuc-te", gettext_lazy("Really overdue"),
    Q(is_overdue=True) & Q(Exists(_VERDICTS.filter(finding=Finding.REAL))), mark="real",
)  # fmt: skip
FORGOTTEN: Final = Figure(
    "quen-thao-tac", gettext_lazy("Late click only"),
    Q(is_overdue=True) & Q(Exists(_VERDICTS.filter(finding=Finding.FORGOTTEN))), mark="forgotten",
)  # fmt: skip
UNDECIDED: Final = Figure(
    "chua-ket-luan", gettext_lazy("Not decided yet"), Q(is_overdue=True) & ~Q(Exists(_VERDICTS))
)  # fmt: skip
VERDICTS: Final = (REAL, FORGOTTEN, UNDECIDED)
"""What overdue dossiers are made of, by what verifiers found."""
SLOW: Final = Figure("cham", gettext_lazy("Slow"), Q(is_slow=True))
MINUTES: Final = Figure("phut", gettext_lazy("Late minutes"), Q(late_minutes__gt=0), "late_minutes")

_ALL: Final = (
    DOSSIERS, STEPS, LATE_STEPS, OVERDUE, *VERDICTS, CARRIED_OVER, NEW, RETURNED, STILL_OPEN, SLOW, MINUTES,
)  # fmt: skip
FIGURES: Final[Mapping[str, Figure]] = {one.id: one for one in _ALL}
_VALUES: Final = {
    DOSSIERS.id: lambda tally: tally.dossiers,
    STEPS.id: lambda tally: tally.steps,
    LATE_STEPS.id: lambda tally: tally.late_steps,
    OVERDUE.id: lambda tally: tally.overdue,
    CARRIED_OVER.id: lambda tally: tally.overdue_carried_over,
    NEW.id: lambda tally: tally.overdue - tally.overdue_carried_over,
    RETURNED.id: lambda tally: tally.overdue_returned,
    STILL_OPEN.id: lambda tally: tally.overdue - tally.overdue_returned,
    REAL.id: lambda tally: tally.overdue_real,
    FORGOTTEN.id: lambda tally: tally.overdue_forgotten,
    UNDECIDED.id: lambda tally: tally.overdue - tally.overdue_real - tally.overdue_forgotten,
    SLOW.id: lambda tally: tally.slow,
    MINUTES.id: lambda tally: tally.late_minutes,
}
