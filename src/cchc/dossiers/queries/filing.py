"""Files of dossiers, by what they are cited for; papers of earlier dossiers that need not be handed in again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from cchc.dossiers.models import ActualCompletion, Component, Dossier
from cchc.dossiers.queries.scope import visible_dossiers
from cchc.dossiers.states import REFUSED, REGISTERED
from cchc.files.citing import Subject
from cchc.files.models import Citation
from cchc.files.queries import citations_named
from cchc.organizations.viewers import Viewer
from cchc.procedures.versions import Component as AskedPaper

PAPER: Final = "dossiers.Component"
RESULT: Final = "dossiers.Dossier"
CLAIM: Final = "dossiers.ActualCompletion"
_MOST_OFFERED: Final = 5
_MOST_READ: Final = 200


def files_of(dossier: Dossier) -> QuerySet[Citation]:
    """All that was ever cited for the dossier: its papers, its result, what shows when steps were really done. Asked
    for a dossier that the viewer may see, which is the right to see these files.
    """
    components = Component.objects.filter(dossier=dossier).order_by()
    claims = ActualCompletion.objects.filter(step__dossier=dossier).order_by()
    return citations_named(
        Q(subject_type=RESULT, subject_id=str(dossier.pk))
        | Q(subject_type=PAPER, subject_id__in=_as_text(components))
        | Q(subject_type=CLAIM, subject_id__in=_as_text(claims))
    )


def by_subject(found: Iterable[Citation]) -> Mapping[Subject, Sequence[Citation]]:
    """Each for what it is cited for."""
    sorted_: dict[Subject, list[Citation]] = defaultdict(list)
    for one in found:
        sorted_[one.subject_type, one.subject_id].append(one)
    return sorted_


def earlier_papers(viewer: Viewer, number: str, asked: Collection[AskedPaper]) -> Mapping[str, Sequence[Component]]:
    """For each paper asked for those of the same name in earlier dossiers of the owner with that number, the newest
    first; of dossiers that the viewer may see and that were received. One query.
    """
    seen = visible_dossiers(viewer).filter(owner_number=number).exclude(state__in=(REGISTERED, REFUSED))
    names = {one.name.vi: one.id for one in asked}
    papers = Component.objects.filter(dossier__in=seen.order_by().values("pk"), name__in=names)
    found: dict[str, list[Component]] = defaultdict(list)
    for paper in papers.select_related("dossier").order_by("-pk")[:_MOST_READ]:
        if len(found[names[paper.name]]) < _MOST_OFFERED:
            found[names[paper.name]].append(paper)
    return found


def _as_text(found: QuerySet) -> QuerySet:
    return found.annotate(id_as_text=Cast("pk", TextField())).values("id_as_text")
