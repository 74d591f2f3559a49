"""The files of a dossier as its page lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest

from cchc.audit.recording import subject_of
from cchc.dossiers.models import ActualCompletion, Component, Dossier
from cchc.dossiers.permissions import may_file_claim, may_file_paper, may_file_result
from cchc.dossiers.policies import papers_are_taken, result_is_taken
from cchc.dossiers.queries.filing import by_subject, files_of
from cchc.files.attached import Attached, attached
from cchc.files.citing import Subject
from cchc.files.models import Citation
from cchc.files.queries import get_file
from cchc.files.showing import evidence_shown
from cchc.interface.paging import is_key
from cchc.interface.shapes import Evidence, Link
from cchc.interface.together import Reads, answer
from cchc.organizations.viewers import Viewer

_BESIDE = "tep"


@dataclass(frozen=True, slots=True)
class Filed:
    """Papers, the result and claims, each with its files and whether the viewer may change them."""

    papers: Sequence[tuple[Component, Attached]]
    result: Attached
    claims: Sequence[tuple[ActualCompletion, Attached]]

    @property
    def names(self) -> Mapping[int, str]:
        """Of all files cited now, by their keys; what was issued first."""
        every = [self.result, *(one for _paper, one in self.papers), *(one for _claim, one in self.claims)]
        return {one.file_id: one.file.title or one.file.name for some in every for one in some.now}


def filed(viewer: Viewer, dossier: Dossier) -> Filed:
    """Three reads, asked in one question."""
    papers = Component.objects.filter(dossier=dossier).select_related("reused_from__dossier").order_by("place")
    claims = ActualCompletion.objects.filter(step__dossier=dossier).select_related("step", "claimed_by").order_by("pk")
    files = files_of(dossier)
    return answer(Reads([papers, claims, files], lambda: _put_together(viewer, dossier, papers, claims, files)))


def _put_together(
    viewer: Viewer, dossier: Dossier, papers: Sequence[Component], claims: Sequence[ActualCompletion],
    files: Sequence[Citation],
) -> Filed:  # fmt: skip
    cited = by_subject(files)
    for claim in claims:
        claim.step.dossier = dossier
    may_change = may_file_paper(viewer, dossier) and papers_are_taken(dossier)
    listed = partial(_listed, cited)
    return Filed(
        [(one, listed(subject_of(one), may_change)) for one in papers],
        listed(subject_of(dossier), may_file_result(viewer, dossier) and result_is_taken(dossier)),
        [(one, listed(subject_of(one), may_file_claim(viewer, one))) for one in claims],
    )


def _listed(cited: Mapping[Subject, Sequence[Citation]], subject: Subject, may_change: object) -> Attached:
    return attached(cited.get(subject, ()), subject, may_change=may_change)


def file_beside(request: HttpRequest, shown: Filed) -> tuple[Evidence, list[Link]] | None:
    """The file that the address names (`?tep=7`), else the first, and the way to each of several; None without any."""
    names = shown.names
    if not names:
        return None
    asked = request.GET.get(_BESIDE, "")
    chosen = int(asked) if is_key(asked) and int(asked) in names else next(iter(names))
    ways = [Link(name, f"?{_BESIDE}={key}", current=key == chosen) for key, name in names.items()]
    return evidence_shown(get_file(chosen), {_BESIDE: str(chosen), **request.GET.dict()}), ways
