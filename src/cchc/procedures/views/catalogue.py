"""Pages of the catalogue: the list with its filters, a procedure with what holds today and all its versions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.interface.access import needs
from cchc.interface.paging import page_read
from cchc.interface.together import answer_all, number_of
from cchc.organizations.queries.units import named
from cchc.procedures import shown
from cchc.procedures.addresses import asked_procedures, crumbs
from cchc.procedures.permissions import may_keep_procedure, may_see_procedures
from cchc.procedures.queries import catalogue as queries
from cchc.procedures.queries.publications import reviews_of
from cchc.procedures.queries.versions import versions_of
from cchc.procedures.states import PUBLISHED
from cchc.procedures.versions import LEVELS, ONLINE


@require_safe
@needs(may_see_procedures)
def catalogue(request: HttpRequest) -> HttpResponse:
    """By field and code, narrowed as asked."""
    may_see_procedures(request.viewer).require()
    viewer, asked = request.viewer, asked_procedures(request)
    page, (fields, authorities), missing = answer_all(
        page_read(request, queries.find_procedures(viewer, asked), queries.after),
        queries.choices(viewer),
        number_of(queries.missing_on_portal(viewer)),
    )
    context = {
        "asked": asked,
        "shown": shown.shown_rows(page["rows"]),
        "fields": fields,
        "authorities": authorities,
        "levels": [(id_, shown.level_name(id_)) for id_ in LEVELS],
        "online_levels": [(id_, shown.online_name(id_)) for id_ in ONLINE],
        "is_search": asked != queries.ProcedureSearch(),
        "missing": missing,
        "keepers": named(queries.keeping_units(viewer), viewer.day),
        "query": request.GET.urlencode(),
        "crumbs": crumbs(),
    }
    return render(request, "procedures/catalogue.html", context | page)


@require_safe
@needs(may_see_procedures)
def procedure_page(request: HttpRequest, code: str) -> HttpResponse:
    """What holds today, else the newest published version, and the list of all."""
    may_see_procedures(request.viewer).require()
    viewer = request.viewer
    procedure = queries.get_procedure(viewer, code)
    versions = list(versions_of(viewer, procedure))
    published = [one for one in versions if one.state == PUBLISHED]
    current = next((one for one in published if one.holds_on(viewer.day)), next(iter(published), None))
    context = {
        "procedure": procedure,
        "level": shown.level_name(procedure.level),
        "versions": [(one, *shown.standing_of(one, viewer.day)) for one in versions],
        "one": None if current is None else shown.shown_version(current, viewer.day),
        "holds": current is not None and current.holds_on(viewer.day),
        "reviews": [(one, shown.outcome_name(one.outcome)) for one in reviews_of(procedure)],
        "may_keep": may_keep_procedure(viewer, procedure),
        "crumbs": crumbs(procedure),
    }
    return render(request, "procedures/procedure.html", context)
