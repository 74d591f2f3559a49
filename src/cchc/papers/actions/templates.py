"""Making templates and writing their versions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.dating import DAY, check_free, end
from cchc.organizations.models import Unit
from cchc.papers.audit_kinds import TEMPLATE_ENDED, TEMPLATE_MADE, TEMPLATE_WRITTEN
from cchc.papers.composing import Texts, check_texts
from cchc.papers.kinds import PAPER_KINDS
from cchc.papers.models import TemplateVersion, TextTemplate
from cchc.papers.vocabulary import vocabulary_of
from cchc.records.errors import refuse
from cchc.records.search import sort_key
from cchc.records.sources import Source
from cchc.records.text import nfc, one_line


@action
def make_template(
    *, actor: Actor, now: datetime, code: str, unit: Unit, kind: str, vocabulary: str, name: str, texts: Texts,
    starts_on: date, source: Source | None = None, is_sample: bool = False,
) -> TextTemplate:  # fmt: skip
    """A template for the unit and all under it, with its first version.

    Raises `papers.template_code_taken`, `papers.unknown_kind`, `papers.unknown_vocabulary` and all that `write_version`
    does.
    """
    if kind not in PAPER_KINDS:
        raise refuse("papers.unknown_kind", kind=kind, known=", ".join(PAPER_KINDS))
    vocabulary_of(vocabulary)
    Unit.objects.select_for_update().get(pk=unit.pk)
    if TextTemplate.objects.filter(code=code).exists():
        raise refuse("papers.template_code_taken", code=code)
    template = TextTemplate.objects.create(code=code, unit=unit, kind=kind, vocabulary=vocabulary, is_sample=is_sample)
    record(TEMPLATE_MADE, template, after=values_of(template))
    _write(template, name, texts, starts_on, source)
    return template


@action
def write_version(
    *, actor: Actor, now: datetime, template: TextTemplate, name: str, texts: Texts, starts_on: date,
    source: Source | None = None, expected_version: int | None = None,
) -> TemplateVersion:  # fmt: skip
    """From `starts_on` on the template says this; the version before ends the day before.

    A version that begins on that very day is written anew as long as no paper was drafted from it. Raises
    `papers.template_stale`, `papers.template_without_name`, `papers.template_in_use`, `organizations.days_taken`, and
    what is wrong with the texts, each with its line.
    """
    locked = TextTemplate.objects.select_for_update().get(pk=template.pk)
    if expected_version is not None and locked.version != expected_version:
        raise refuse("papers.template_stale", code=locked.code)
    locked.version += 1
    locked.save(update_fields=["version"])
    _make_room(locked, starts_on)
    return _write(locked, name, texts, starts_on, source)


def _make_room(template: TextTemplate, starts_on: date) -> None:
    """End what holds until then; what begins that day goes, if nobody has used it."""
    current = template.versions.not_over(starts_on).order_by("starts_on").first()
    if current is None:
        return
    if current.starts_on < starts_on:
        end(current, starts_on - DAY, TEMPLATE_ENDED)
    elif current.starts_on == starts_on:
        if current.papers.exists():
            raise refuse("papers.template_in_use", day=starts_on)
        record(TEMPLATE_ENDED, current, before=values_of(current))
        current.delete()


def _write(template: TextTemplate, name: str, texts: Texts, starts_on: date, source: Source | None) -> TemplateVersion:
    tidy = one_line(name)
    if not tidy:
        raise refuse("papers.template_without_name")
    check_texts(texts, vocabulary_of(template.vocabulary))
    check_free(template.versions.all(), starts_on, None)
    version = TemplateVersion.objects.create(
        template=template,
        name=tidy,
        sort_key=sort_key(tidy),
        starts_on=starts_on,
        source_document="" if source is None else source.document,
        source_on=None if source is None else source.on,
        **{field: nfc(text) for field, text in asdict(texts).items()},
    )
    record(TEMPLATE_WRITTEN, version, after=values_of(version))
    return version
