"""Hostile text written past every check into every column that holds text, as a careless action might some day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.db.utils import IntegrityError

from tests.markup.payloads import fitted

KEYS: Final[Mapping[str, str]] = {
    "kind": "a name that the product gives", "state": "the same", "channel": "the same", "why": "the same",
    "role": "the same", "duty": "the same", "verdict": "the same", "standing": "the same", "step": "the same",
    "rule": "the same", "level": "the same", "band": "the same", "language": "the same", "vocabulary": "the same",
    "subject_type": "names an object", "subject_id": "names an object", "calendar": "names an object",
    "cited_by": "names an actor", "ended_by": "names an actor", "requested_by": "names an actor",
    "attached_by": "names an actor", "key": "names a job", "about": "names an object", "same_as": "names an entry",
    "sha256": "made of content", "received_sha256": "made of content", "digest": "made of content",
    "content_hash": "made of content", "put_hash": "made of content", "previous_hash": "made of content",
    "calendar_hash": "made of content", "table_hash": "made of content",
    "search_key": "made of names", "sort_key": "made of names", "by_rank": "made of names", "by_name": "made of names",
    "measure": "a name that the product gives", "metric": "the same", "input": "a name that a set gives",
    "limit_unit": "a name that the product gives", "act": "the same", "reason_code": "the same",
    "synchronisation": "a name that the product gives", "status": "the same", "outcome": "the same",
    "due_time": "a time", "position": "a place", "column": "a place", "username": "a key", "password": "a secret",
}  # fmt: skip
"""Columns that hold no text of people, wherever they stand."""
CHECKED: Final[Mapping[str, str]] = {
    "papers.Paper.content": "a paper as it was issued; test_forms writes it the real way",
    "papers.Paper.values": "the same",
    "papers.TemplateVersion.text": "in the language of names, which refuses what it does not know",
    "papers.TemplateVersion.summary": "the same",
    "papers.TemplateVersion.addressees": "the same",
    "papers.TemplateVersion.recipients": "the same",
    "papers.Paper.text": "the same", "papers.Paper.summary": "the same",
    "papers.Paper.addressees": "the same", "papers.Paper.recipients": "the same",
    "organizations.OwnCalendar.content": "YAML that is read when it is brought in",
    "procedures.ProcedureVersion.content": "the same",
    "procedures.Procedure.code": "a code that `coding` checks; it stands in addresses",
    "feedback.Rating.form": "names a version of the product's form",
    "feedback.RatingAnswer.topic": "a name that the form gives",
    "feedback.RatingAnswer.answer": "the same",
    "oversight.ListVersion.content": "canonical JSON of the product; what stands in it is spoilt where it comes from",
    "dossiers.Dossier.code": "made of the unit's code, the day and a number",
}  # fmt: skip
"""Columns of a language of their own."""
_LEFT_OUT: Final = ("audit.",)
"""The chain holds what actions said: `test_forms` reads it on the pages of histories."""


def text_columns() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column of the product in which people's text may stand."""
    for model in apps.get_models():
        label = model._meta.label
        if not model.__module__.startswith("cchc.") or label.startswith(_LEFT_OUT):
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            is_key = isinstance(field, models.SlugField | models.EmailField) or field.choices or field.name in KEYS
            if is_text and not is_key and f"{label}.{field.name}" not in CHECKED:
                yield model, field


def spoil(payload: str) -> None:
    """Every text in the database ends in the payload, or where it is short, is one. No event says so."""
    for model, found in groupby(text_columns(), key=itemgetter(0)):
        fields = [field for _, field in found]
        for row in models.QuerySet(model).order_by("pk"):
            old = {field.attname: getattr(row, field.attname) for field in fields}
            new = {field.attname: spoilt(old[field.attname], payload, field) for field in fields}
            changed = {column: value for column, value in new.items() if value != old[column]}
            if changed and not _is_written(model, row.pk, changed):
                for column, value in changed.items():  # all but what a constraint holds to what it may be
                    _is_written(model, row.pk, {column: value})


def _is_written(model: type[models.Model], key: object, values: Mapping[str, object]) -> bool:
    try:
        with transaction.atomic():
            models.QuerySet(model).filter(pk=key).update(**values)
    except IntegrityError:
        return False
    return True


def spoilt(old: Any, payload: str, field: models.Field[Any, Any]) -> Any:
    """Texts are replaced, addresses lengthened; in JSON what has a space is a text, anything else a key."""
    if isinstance(field, models.JSONField):
        return _deep(old, payload)
    if not old:
        return old
    if isinstance(field, models.URLField) or field.name.endswith("url"):
        return fitted(f"https://mau.vn/?{payload}", field.max_length)
    return fitted(payload, field.max_length)


def _deep(old: Any, payload: str) -> Any:
    match old:
        case str():
            return payload if " " in old else old
        case list():
            return [_deep(one, payload) for one in old]
        case dict():
            return {key: _deep(one, payload) for key, one in old.items()}
    return old
