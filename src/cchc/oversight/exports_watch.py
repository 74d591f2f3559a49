"""The list of dossiers that become late, as it is taken along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cchc.interface.templatetags.figures import until
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.oversight.models import StepForecast
from cchc.oversight.permissions import may_watch
from cchc.oversight.queries.watching import beside, find_forecasts
from cchc.oversight.shown_watch import ForecastLine, asked_watch, forecast_lines
from cchc.records.text import LocalText
from cchc.tables.writing import Column, SheetToWrite, WrittenValue


def _forecasts(asking: HttpRequest) -> Wanted:
    asked = asked_watch(asking)
    found = find_forecasts(asked, asking.viewer, timezone.now())

    def read() -> Taken:
        rows: list[StepForecast] = list(beside(found))
        lines = forecast_lines(asking.viewer, rows)
        codes = {one.holder.code for one in rows if one.holder}
        return Taken([sheet(lines)], len(codes), codes)

    place = asked.unit.code if asked.unit else asking.viewer.acting.code
    return Wanted(f"sap-qua-han-{asked.kind}-{place}.xlsx", found.count, read)


def sheet(lines: Iterable[ForecastLine]) -> SheetToWrite:
    """One row for each step at work, the worst first."""
    return SheetToWrite(_("Becoming late"), tuple(_columns()), list(_rows(lines)), frozen_columns=1)


def _columns() -> Iterator[Column]:
    for title, width in (
        (_("Dossier"), 30), (_("Procedure"), 40), (_("Unit"), 30), (_("Step"), 30), (_("Worked on by"), 30),
        (_("Appointment"), 20), (_("Expected end"), 20), (_("Early"), 20), (_("Late"), 20),
    ):  # fmt: skip
        yield Column(title, width)
    for title in (_("Working minutes left"), _("Working minutes beyond the appointment"), _("Cases")):
        yield Column(title, 14, "number", 0)
    yield Column(_("What is left"), 80)


def _rows(lines: Iterable[ForecastLine]) -> Iterator[Sequence[WrittenValue]]:
    for line in lines:
        one = line.forecast
        yield [
            one.step.dossier.code, line.procedure, line.unit, line.step,
            line.who, until(one.due_at), until(one.expected_at), until(one.early_at), until(one.late_at),
            one.minutes_left, one.beyond_minutes, one.cases, " ; ".join([line.left, *line.steps]),
        ]  # fmt: skip


forecasts = ExportKind(
    "oversight.forecasts", LocalText("Hồ sơ sắp quá hạn", "Dossiers that become late"), may_watch, _forecasts
)  # fmt: skip
