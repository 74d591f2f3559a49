"""Templates: what a unit may draft from, and how each came to say what it says."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cchc.organizations.models import Unit
from cchc.organizations.queries.units import ancestors_of, name_on
from cchc.papers.models import TemplateVersion, TextTemplate
from cchc.records.errors import refuse


def get_template(code: str) -> TextTemplate:
    """Raises `papers.template_not_found`."""
    found = TextTemplate.objects.select_related("unit").filter(code=code).first()
    if found is None:
        raise refuse("papers.template_not_found", code=code)
    return found


def versions_on(day: date) -> QuerySet[TemplateVersion]:
    """What every template says on that day, in the order of names, each with its template, unit and `unit_name`."""
    found = TemplateVersion.objects.on(day).select_related("template__unit").order_by("sort_key", "pk")
    return found.annotate(unit_name=name_on(day, "template__unit"))


def versions_for(unit: Unit, day: date) -> QuerySet[TemplateVersion]:
    """What a unit may draft from on that day: the templates of itself and of the units above it."""
    return versions_on(day).filter(template__unit__in=ancestors_of(unit.pk, day) | {unit.pk})


def get_version_for(unit: Unit, day: date, number: int, vocabulary: str) -> TemplateVersion:
    """One of these, about the things of that vocabulary. Raises `papers.template_not_found`."""
    found = versions_for(unit, day).filter(pk=number, template__vocabulary=vocabulary).first()
    if found is None:
        raise refuse("papers.template_not_found", code=number)
    return found


def version_on(template: TextTemplate, day: date) -> TemplateVersion | None:
    """What the template says on that day."""
    return template.versions.on(day).order_by("pk").first()


def history(template: TextTemplate) -> list[TemplateVersion]:
    """All versions, the newest first."""
    return list(template.versions.order_by("-starts_on"))
