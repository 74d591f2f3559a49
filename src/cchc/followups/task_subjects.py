"""Directives as what tasks belong to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse

from cchc.followups.models import Directive
from cchc.followups.shown_directives import with_state
from cchc.followups.subjects import TaskSubject
from cchc.interface.shapes import Link
from cchc.records.text import LocalText


def _links(ids: Collection[str]) -> Mapping[str, Link]:
    found = Directive.objects.filter(pk__in=[int(id_) for id_ in ids]).order_by("pk")
    return {str(one.pk): Link(with_state(one), reverse("followups:directive", args=[one.pk])) for one in found}


SUBJECTS: Final[Mapping[str, TaskSubject]] = {
    "followups.Directive": TaskSubject(LocalText("Văn bản chỉ đạo", "Directive"), _links),
}
