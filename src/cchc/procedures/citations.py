"""Lines of the publication register, for which files can be cited: what it looked like where it stood open."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse

from cchc.files.citing import Citable
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import Publication
from cchc.procedures.permissions import may_strike_publication
from cchc.procedures.policies import may_be_struck
from cchc.procedures.queries.publications import visible_publications
from cchc.records.text import LocalText


def _may_cite(viewer: Viewer, id_: str) -> Verdict:
    """Those who may strike the line out, while it stands."""
    seen = visible_publications(viewer).select_related("unit")
    line = seen.filter(pk=id_).order_by("pk").first() if id_.isdecimal() else None
    if line is None:
        return denied("procedures.publication_not_found")
    return may_strike_publication(viewer, line) and may_be_struck(line)


def _links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = Publication.objects.filter(pk__in=ids).order_by("pk")
    rows = found.values_list("pk", "version__procedure__code", "place")
    return {
        str(key): Link(f"{code}, {place}", reverse("procedures:publication", args=[key])) for key, code, place in rows
    }


SUBJECTS: Final[Mapping[str, Citable]] = {
    "procedures.Publication": Citable(
        LocalText("Dòng công khai thủ tục", "Line of the publication register"), visible_publications, _may_cite, _links
    ),
}
