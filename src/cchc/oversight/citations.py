"""Sources of dossiers, for which logs are cited: whoever keeps a source sees its logs. Entries of lists: the
evidence of replies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from cchc.files.citing import Citable
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.oversight.actions.logs import SOURCE
from cchc.oversight.citations_cases import CASE, RESPONSIBILITY
from cchc.oversight.citations_lists import ITEM, LISTED_ITEM
from cchc.oversight.models import DelaySource
from cchc.oversight.queries.logs import visible_sources
from cchc.records.text import LocalText


def _visible(viewer: Viewer) -> QuerySet[DelaySource]:
    return visible_sources(viewer)


def _may_cite(_viewer: Viewer, _id: str) -> Verdict:
    """Logs are handed in on the page of the source alone, and stay."""
    return denied("oversight.keepers_not_allowed")


def _links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = DelaySource.objects.filter(pk__in=ids).order_by("pk")
    return {str(one.pk): Link(one.name, reverse("oversight:source", args=[one.pk])) for one in found}


def _stays(_id: str, _file: int) -> Verdict:
    return denied("oversight.log_stays")


SUBJECTS: Final[Mapping[str, Citable]] = {
    SOURCE: Citable(LocalText("Nguồn nhật ký", "Source of logs"), _visible, _may_cite, _links, _stays),
    ITEM: LISTED_ITEM,
    CASE: RESPONSIBILITY,
}
