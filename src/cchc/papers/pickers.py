"""Legal bases that are picked by number or words of the title, each with what is doubtful about it today."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from django.db.models import Case, IntegerField, Value, When

from cchc.interface.errors import current_language
from cchc.interface.hosting.picking import Choice, pick_kind
from cchc.organizations.models.dated import during
from cchc.organizations.viewers import Viewer
from cchc.papers.models import LegalBasis
from cchc.papers.permissions import may_see_papers
from cchc.papers.queries.bases import BasisSearch, doubts, search_bases
from cchc.records.text import LocalText
from cchc.records.words import say

_VALUE: Final = re.compile(r"#([0-9]{1,18})")


def known_bases(viewer: Viewer, keys: Collection[str]) -> Sequence[Choice]:
    """By `#12`, which nobody types: a bare number is part of a name here. One query."""
    if not may_see_papers(viewer):
        return []
    numbers = [int(found.group(1)) for key in keys if (found := _VALUE.fullmatch(key))]
    return [_choice(one, viewer) for one in search_bases(BasisSearch(), viewer.day).filter(pk__in=numbers)]


@pick_kind("papers.basis", LocalText("căn cứ", "legal basis"), known=known_bases, tells_value=False)
def bases(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Those in force today first. One query."""
    if not may_see_papers(viewer):
        return []
    in_force = Case(When(during(viewer.day), then=Value(0)), default=Value(1), output_field=IntegerField())
    found = search_bases(BasisSearch(text), viewer.day).annotate(over=in_force).order_by("over", "sort_key", "pk")
    return [_choice(one, viewer) for one in found[:most]]


def _choice(basis: LegalBasis, viewer: Viewer) -> Choice:
    """Named as it is called; the note says what it is about, who keeps it, and why not to cite it."""
    told = [say(doubt.what, current_language()) for doubt in doubts(basis, viewer.day) if doubt.is_out_of_force]
    about = "" if basis.title in basis.name else basis.title
    return Choice(f"#{basis.pk}", basis.name, " · ".join(part for part in (about, *told) if part))
