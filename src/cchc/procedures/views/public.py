"""Procedures for everybody: those in force, found without tone marks, and one with all that who asks for it needs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.interface.access import public
from cchc.interface.errors import current_language
from cchc.interface.paging import page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.viewers import public_viewer
from cchc.procedures import shown
from cchc.procedures.addresses import asked_procedures
from cchc.procedures.queries import catalogue as queries
from cchc.procedures.queries.versions import versions_held
from cchc.procedures.versions import LEVELS
from cchc.records.errors import refuse


@require_safe
@public
def procedures(request: HttpRequest) -> HttpResponse:
    """By field and code, narrowed by words, field and level; whoever is signed in sees no more than others here."""
    viewer, asked = public_viewer(localdate()), asked_procedures(request)
    narrowed = queries.ProcedureSearch(asked.text, asked.field, asked.level)
    page, (fields, _authorities) = answer_all(
        page_read(request, queries.find_procedures(viewer, narrowed), queries.after), queries.choices(viewer)
    )
    context = {
        "asked": narrowed,
        "shown": shown.shown_rows(page["rows"]),
        "fields": fields,
        "levels": [(id_, shown.level_name(id_)) for id_ in LEVELS],
        "is_search": narrowed != queries.ProcedureSearch(),
    }
    return render(request, "procedures/public_list.html", context | page)


@require_safe
@public
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """What holds today of one. Raises `procedures.procedure_not_found` where nothing does."""
    viewer, language = public_viewer(localdate()), current_language()
    found = queries.get_procedure(viewer, code)
    version = versions_held(code, viewer.day).first()
    if version is None:
        raise refuse("procedures.procedure_not_found")
    version.procedure = found
    name = found.name.in_language(language)
    context = {
        "procedure": found,
        "name": name,
        "field": found.field.in_language(language),
        "authority": found.authority.in_language(language),
        "level": shown.level_name(found.level),
        "one": shown.shown_version(version, viewer.day),
        "crumbs": [Link(_("Administrative procedures"), reverse("procedures:public-list")), Link(found.code)],
    }
    return render(request, "procedures/public_procedure.html", context)
