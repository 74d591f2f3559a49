"""Who may do what with files. To whom a file is not shown it is as if there were none."""

from __future__ import annotations

from cchc.files.citing import Subject, citable
from cchc.files.models import Citation, StoredFile
from cchc.files.policies import may_be_opened
from cchc.files.queries import copies_of, is_visible, uploaded
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.permissions import ADMINISTRATOR
from cchc.organizations.viewers import Viewer


@permission
def may_upload(viewer: Viewer) -> Verdict:
    """Whoever is signed in."""
    return ALLOWED if viewer.is_signed_in else denied("organizations.sign_in_not_allowed")


@permission
def may_see_file(viewer: Viewer, file: StoredFile) -> Verdict:
    """Who uploaded it, administrators over their unit, and whoever may by the rules of a room that cites it."""
    return ALLOWED if is_visible(viewer, file) else denied("files.file_not_found")


@permission
def may_open_file(viewer: Viewer, file: StoredFile) -> Verdict:
    """See and download the content: whoever may see the file, once the content is safe."""
    seen = may_see_file(viewer, file)
    return may_be_opened(file.blob) if seen else seen


@permission
def may_describe_file(viewer: Viewer, file: StoredFile) -> Verdict:
    """Correct number, date, issuer and title: who uploaded it or for whom, administrators over their unit."""
    seen = may_see_file(viewer, file)
    if not seen or uploaded(viewer, file) or _administers(viewer, file):
        return seen
    return denied("files.description_not_allowed")


@permission
def may_cite_for(viewer: Viewer, subject: Subject) -> Verdict:
    """Name files for an object: whoever the room of the object lets."""
    return citable(subject[0]).may_cite(viewer, subject[1])


@permission
def may_cite_file(viewer: Viewer, file: StoredFile, subject: Subject) -> Verdict:
    """Whoever may see the file, where the room of the object lets them."""
    return may_see_file(viewer, file) and may_cite_for(viewer, subject)


@permission
def may_uncite_file(viewer: Viewer, citation: Citation) -> Verdict:
    """As the room of the object says, also for a file that others put there."""
    return may_cite_for(viewer, (citation.subject_type, citation.subject_id))


@permission
def may_judge_file(viewer: Viewer, file: StoredFile) -> Verdict:
    """Hold the content back: administrators over the unit, for files of others."""
    seen = may_see_file(viewer, file)
    if not seen:
        return seen
    if is_own(viewer, file):
        return denied("files.own_not_allowed")
    return ALLOWED if _administers(viewer, file) else denied("organizations.administrators_not_allowed")


@permission
def may_release_file(viewer: Viewer, file: StoredFile) -> Verdict:
    """Let the content through again: whoever may judge this file and every other one with the same content."""
    verdict = may_judge_file(viewer, file)
    if not verdict:
        return verdict
    others = list(copies_of(file.blob).exclude(pk=file.pk))
    if any(is_own(viewer, other) for other in others):
        return denied("files.own_not_allowed")
    is_over_all = all(_administers(viewer, other) for other in others if other.unit is not None)
    return ALLOWED if is_over_all else denied("files.copies_not_allowed")


def is_own(viewer: Viewer, file: StoredFile) -> bool:
    """Whether the viewer, or the person acted for, uploaded it or had it uploaded: nobody judges that."""
    people = {person.pk for person in (viewer.official, viewer.principal) if person is not None}
    return not people.isdisjoint({file.uploaded_by_id, file.on_behalf_of_id})


def _administers(viewer: Viewer, file: StoredFile) -> bool:
    return file.unit is not None and viewer.holds_over(file.unit, ADMINISTRATOR)
