"""Whose history may be read: files, with what became of their content and where they were cited, by the right over the
unit whose official uploaded them. Who uploaded without a unit has nobody over them, so nobody reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cchc.files.models import Blob, Citation, StoredFile
from cchc.interface.access import Verdict, denied
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def _of_unit(viewer: Viewer, record: StoredFile) -> Verdict:
    if record.unit is None:
        return denied("organizations.auditors_not_allowed")
    return may_read_audit(viewer, record.unit)


def _files(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """As the paper is called, else as it was uploaded."""
    found = StoredFile.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "title", "name")
    return made_of(found, lambda rows: {key: title or name for key, title, name in rows})


def _parts(record: StoredFile) -> Sequence[QuerySet[Any]]:
    return (Blob.objects.filter(pk=record.blob_id), record.citations.all())


file = Audited(
    StoredFile,
    LocalText("Tệp", "File"),
    _files,
    lambda one: reverse("files:file", args=[one.pk]),
    _of_unit,
    _parts,
    related=("unit",),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """The files that officials of these units uploaded, what they contain and are cited for."""
    files = StoredFile.objects.filter(unit__in=units)
    return (
        files,
        Blob.objects.filter(files__in=files.values("pk")),
        Citation.objects.filter(file__in=files.values("pk")),
    )
