"""Numbers of forms: once for each act, from a series of the unit, the form and the year without gap or twin."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.models import Dossier, DossierEvent
from cchc.organizations.doers import done_by
from cchc.organizations.models import Unit
from cchc.records.errors import refuse
from cchc.slips.audit_kinds import FORM_NUMBERED
from cchc.slips.cases import FORM_OF_ACT, day_of
from cchc.slips.models import FormSeries, IssuedForm
from cchc.slips.printed_forms import form_on
from cchc.slips.queries.books import number_of_form


@action
def number_form(*, actor: Actor, now: datetime, event: DossierEvent) -> IssuedForm:
    """The number of the form of an act, in the series of the year in which it is given; asked again, the same.

    Raises `slips.no_form`, `slips.form_without_number`.
    """
    form = form_on(FORM_OF_ACT[event.act], day_of(event)).value
    if not form.mark:
        raise refuse("slips.form_without_number", form=form.title)
    Dossier.objects.select_for_update().get(pk=event.dossier_id)  # of two clicks on an act one gives its number
    given = number_of_form(event.pk)
    if given is not None:
        nothing_changed()
        return given
    unit, year = event.dossier.unit, localdate(now).year
    series = _locked(unit, form.key, year)
    issued = IssuedForm.objects.create(
        event=event, unit=unit, form=form.key, year=year, number=_next(series), mark=form.mark, issued_at=now,
        **done_by(actor, "issued"),
    )  # fmt: skip
    record(FORM_NUMBERED, issued, after=values_of(issued))
    return issued


def take_number(unit: Unit, form: str, day: date) -> int:
    """The next number of a form of a unit in the year of the day; for actions of rooms above that keep it themselves.
    Its series is locked until the action ends, and goes back with it.
    """
    return _next(_locked(unit, form, day.year))


def _locked(unit: Unit, form: str, year: int) -> FormSeries:
    series, _ = FormSeries.objects.select_for_update().get_or_create(unit=unit, form=form, year=year)
    return series


def _next(series: FormSeries) -> int:
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
