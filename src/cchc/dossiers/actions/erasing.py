"""What dossiers say about people ends when its time is over; code, procedure, steps and moments stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db.models import JSONField, Model

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.models import AppendOnly
from cchc.dossiers.audit_kinds import CONTACTS_ERASED, OWNERS_ERASED
from cchc.dossiers.classification import FIELDS, SETTLING
from cchc.dossiers.models import Dossier
from cchc.dossiers.searching import search_key_of

ERASED: Final = "***"
"""Stands where something was said about somebody."""
CONTACTS: Final = ("owner_address", "owner_phone", "owner_email")
_SEARCHED: Final = "search_key"


@action
def erase_contacts(*, actor: Actor, now: datetime, dossiers: Sequence[Dossier]) -> int:
    """Address, telephone and mail of their owners go. Answers of how many dossiers."""
    found = Dossier.objects.filter(pk__in=[one.pk for one in dossiers])
    found.update(**dict.fromkeys(CONTACTS, ""))
    for one in dossiers:
        record(CONTACTS_ERASED, one, reason=_why(CONTACTS))
    return len(dossiers)


@action
def erase_owners(*, actor: Actor, now: datetime, dossiers: Sequence[Dossier]) -> int:
    """All that is kept to settle what somebody asked for: who asked, and words about it, also in the history. Answers
    of how many dossiers.
    """
    keys = [one.pk for one in dossiers]
    for model, path, columns in erased_columns():
        _empty(model, {f"{path}__in": keys}, columns)
    again = Dossier.objects.filter(pk__in=keys).select_related("procedure_version__procedure").order_by("pk")
    for one in again:
        one.search_key = search_key_of(one)
        one.save(update_fields=[_SEARCHED])
        record(OWNERS_ERASED, one, reason=_why(("owner",)))
    return len(dossiers)


def erased_columns() -> Iterator[tuple[type[Model], str, Sequence[str]]]:
    """Every column of this room that is kept for settling alone, with the way from its table to the dossier. Raises
    `LookupError` for a table that leads to none.
    """
    for label, fields in FIELDS.items():
        columns = [name for name, one in fields.items() if one.purpose == SETTLING and name != _SEARCHED]
        if columns:
            model = apps.get_model(label)
            yield model, _way(model), columns


def _way(model: type[Model]) -> str:
    if model is Dossier:
        return "pk"
    names = {one.name for one in model._meta.get_fields()}
    if "dossier" in names:
        return "dossier"
    if "step" in names:
        return "step__dossier"
    raise LookupError(f"{model.__name__} leads to no dossier")


def _empty(model: type[Model], which: Mapping[str, Any], columns: Sequence[str]) -> None:
    found = model._default_manager.filter(**which)
    if issubclass(model, AppendOnly):
        found.empty(*columns)
        return
    for column in columns:
        if isinstance(model._meta.get_field(column), JSONField):
            found.update(**{column: {}})
        else:
            found.exclude(**{column: ""}).update(**{column: ERASED})


def _why(what: Sequence[str]) -> str:
    return f"Hết thời hạn lưu giữ: {', '.join(what)}"
