"""Which open dossiers another calendar of a unit would move, before it is chosen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.queries.recounting import touched_by
from cchc.dossiers.queries.scope import visible_dossiers
from cchc.dossiers.shown_recounting import asked_choice, shown_rows
from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.interface.together import answer, read_together
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.permissions import may_change_unit
from cchc.organizations.queries import units


@require_safe
@needs(may_change_unit)
def recounted(request: HttpRequest, unit: str, calendar: str, day: str) -> HttpResponse:
    """Code, what was promised, what would be, and why: the worst first. To the dossier only where it may be seen."""
    found = units.get_unit(unit)
    may_change_unit(request.viewer, found).require()
    choice = asked_choice(found, calendar, day)
    rows, total, following = shown_rows(request, answer(touched_by(choice)))
    keys = [one.dossier.pk for one in rows]
    visible = visible_dossiers(request.viewer).filter(pk__in=keys).order_by("pk").values_list("pk", flat=True)
    way = units.way_to(found, request.viewer.day)
    read_together(way, visible)
    seen = set(visible)
    back = Link(_("Working calendar"), reverse("organizations:unit-calendar", args=[found.code]))
    context = {
        "rows": [(one, one.dossier.pk in seen) for one in rows],
        "total": total,
        "next": following,
        "choice": choice,
        "way": way,
        "crumbs": [*unit_crumbs(way), back, Link(_("Appointments that it moves"))],
    }
    return render(request, "dossiers/recounted.html", context)
