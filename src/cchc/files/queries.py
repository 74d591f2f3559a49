"""Every read, from what the viewer may see: own uploads, those of units one administers, and what citing rooms open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast

from cchc.files.citing import Subject, citable, known_citables
from cchc.files.models import Blob, BlobState, Citation, StoredFile
from cchc.files.sending import Sender
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.models import Official, Posting, Unit
from cchc.organizations.permissions import ADMINISTRATOR
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.records.text import LocalText

PAGE_SIZE: Final = 50


def visible_files(viewer: Viewer) -> QuerySet[StoredFile]:
    """What the viewer may know of, the newest first, each with its content and who uploaded it."""
    return _visible(viewer, known_citables())


def is_visible(viewer: Viewer, file: StoredFile) -> bool:
    """Whether the file is among the visible ones. Asks only the rooms that cite it, the others cannot open it; and none
    of them about what the viewer uploaded or administers.
    """
    if uploaded(viewer, file) or _administers(viewer, file.unit):
        return True
    citing = {citation.subject_type for citation in citations_of(file)} & known_citables().keys()
    if not citing or not viewer.is_signed_in:
        return False
    return _visible(viewer, citing).filter(pk=file.pk).exists()


def _administers(viewer: Viewer, unit: Unit | None) -> bool:
    return unit is not None and viewer.holds_over(unit, ADMINISTRATOR) and viewer.is_there(unit)


def uploaded(viewer: Viewer, file: StoredFile) -> bool:
    """Whether it is among `own_files`."""
    people = {person.pk for person in (viewer.official, viewer.answers_as) if person is not None}
    return not people.isdisjoint({file.uploaded_by_id, file.on_behalf_of_id})


def citations_of(file: StoredFile) -> Sequence[Citation]:
    """Where the file is cited now, the oldest first. One query for a file as it was read, however often they are asked
    for.
    """
    now = Citation.objects.filter(ended_at=None).order_by("pk")
    prefetch_related_objects([file], Prefetch("citations", now))
    return list(file.citations.all())


def _visible(viewer: Viewer, citing: Collection[str]) -> QuerySet[StoredFile]:
    seen = Q(pk__in=())  # nothing: an empty condition would be everything
    if viewer.is_signed_in:
        seen = _own(viewer) | within(viewer.units_held(ADMINISTRATOR), viewer.day)
        _get_ready(viewer, citing)
    for subject_type in citing:
        objects = citable(subject_type).visible(viewer).order_by()
        texts = objects.annotate(id_as_text=Cast("pk", TextField())).values("id_as_text")
        open_there = Citation.objects.filter(file=OuterRef("pk"), ended_at=None, subject_type=subject_type)
        seen |= Q(Exists(open_there.filter(subject_id__in=texts)))
    return _whole().filter(seen)


def known_contents(hashes: Collection[str]) -> set[str]:
    """Those of the hashes that have a row."""
    return set(Blob.objects.filter(sha256__in=list(hashes)).order_by().values_list("sha256", flat=True))


def own_files(viewer: Viewer, text: str = "") -> QuerySet[StoredFile]:
    """What the viewer, or the person acted for in everything, uploaded; found by words of name, title, number."""
    return _with_words(_whole().filter(_own(viewer)), text)


def files_to_cite(viewer: Viewer, subject: Subject, text: str = "") -> QuerySet[StoredFile]:
    """What the viewer may open and is not cited for the object yet, found by words of name, title, number, issuer."""
    there = citations_for(subject).filter(ended_at=None, file=OuterRef("pk"))
    found = visible_files(viewer).filter(~Exists(there), blob__state=BlobState.SAFE.value)
    return _with_words(found, text)


def chosen_files(viewer: Viewer, numbers: Collection[int]) -> list[StoredFile]:
    """Those that the viewer may open. Raises `files.file_not_found` for any other."""
    found = list(visible_files(viewer).filter(pk__in=numbers, blob__state=BlobState.SAFE.value))
    if len(found) < len(numbers):
        raise refuse("files.file_not_found")
    return found


def files_cited_for(viewer: Viewer, subject: Subject) -> QuerySet[StoredFile]:
    """What is cited for an object now, as far as the viewer may see it."""
    return visible_files(viewer).filter(pk__in=citations_for(subject).filter(ended_at=None).values("file"))


def citations_for(subject: Subject) -> QuerySet[Citation]:
    """Every citation of files for an object, over or not."""
    subject_type, subject_id = subject
    return Citation.objects.filter(subject_type=subject_type, subject_id=subject_id)


def subjects_cited(subject_type: str, ids: Iterable[object]) -> QuerySet[Citation, str]:
    """Of these objects of one type those for which a file is cited now, as often as there are files."""
    held = Citation.objects.filter(subject_type=subject_type, subject_id__in=[str(id_) for id_ in ids], ended_at=None)
    return held.order_by("pk").values_list("subject_id", flat=True)


def citations_shown(viewer: Viewer, subject: Subject) -> QuerySet[Citation]:
    """The same for people: those that hold first, then those that ended, the newest first; each with its file, whether
    the viewer `may_see` that (by this type of objects alone), and `ender`, the name of who ended it. One query.
    """
    seen = _visible(viewer, {subject[0]}).filter(pk=OuterRef("file"))
    ender = Official.objects.filter(code=OuterRef("ended_by")).order_by("pk").values("name")[:1]
    found = citations_for(subject).select_related("file").annotate(may_see=Exists(seen), ender=Subquery(ender))
    return found.order_by(F("ended_at").desc(nulls_first=True), "-file_id")


def citations_named(which: Q) -> QuerySet[Citation]:
    """Citations of several objects that the viewer may see, as `citations_shown` answers those of one: asked by a room
    that has made sure of that, and whose right to its objects is the right to their files. One query.
    """
    ender = Official.objects.filter(code=OuterRef("ended_by")).order_by("pk").values("name")[:1]
    found = Citation.objects.filter(which).select_related("file").annotate(may_see=Value(True), ender=Subquery(ender))
    return found.order_by(F("ended_at").desc(nulls_first=True), "-file_id", "pk")


def get_citation(number: int) -> Citation:
    """The citation with its file; `permissions` say who may end it. Raises `files.citation_not_found`."""
    found = Citation.objects.select_related("file").filter(pk=number).first()
    if found is None:
        raise refuse("files.citation_not_found")
    return found


def link_of(viewer: Viewer, subject: Subject) -> Link:
    """The name of an object for which files are cited, with its page."""
    subject_type, subject_id = subject
    return citable(subject_type).links({subject_id}, viewer).get(subject_id) or Link(subject_id)


def get_file(number: int) -> StoredFile:
    """The file with its content; `permissions` say who may see it. Raises `files.file_not_found`."""
    found = _whole().filter(pk=number).first()
    if found is None:
        raise refuse("files.file_not_found")
    return found


def sender_of(viewer: Viewer) -> Sender:
    """The viewer as the one who uploads: for whom, and in which unit whoever acts has the main posting."""
    posted = Posting.objects.on(viewer.day).filter(official=viewer.acting, is_main=True).select_related("unit")
    main = posted.order_by("pk").first()
    return Sender(viewer.official, viewer.principal, None if main is None else main.unit)


@dataclass(frozen=True, slots=True)
class CitedFor:
    """An object for which a file is cited: its type and name for people with its page, and the citation."""

    type_name: LocalText
    link: Link
    citation: Citation


def cited_for(viewer: Viewer, file: StoredFile) -> list[CitedFor]:
    """Where the file is cited now, of the objects that the viewer may see. Two queries a type."""
    by_type: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations_of(file):
        by_type[citation.subject_type].append(citation)
    shown = []
    for subject_type, citations in by_type.items():
        if (citable := known_citables().get(subject_type)) is None:
            continue
        ids = {citation.subject_id for citation in citations}
        objects = citable.visible(viewer).filter(pk__in=ids).values_list("pk", flat=True)
        visible = {str(one) for one in objects}
        links = citable.links(visible, viewer)
        shown += [
            CitedFor(citable.name, links.get(one.subject_id) or Link(one.subject_id), one)
            for one in citations
            if one.subject_id in visible
        ]
    return shown


def unscanned(most: int) -> list[str]:
    """Hashes of contents that no scanner has looked at, the oldest first."""
    waiting = Blob.objects.filter(scanned_at__isnull=True).order_by("pk")
    return list(waiting.values_list("sha256", flat=True)[:most])


def copies_of(blob: Blob) -> QuerySet[StoredFile]:
    """Everything that people uploaded with this content."""
    return _whole().filter(blob=blob)


def _get_ready(viewer: Viewer, citing: Collection[str]) -> None:
    """What several types have to know of the viewer is read in one question."""
    asked = [ready(viewer) for one in citing if (ready := citable(one).getting_ready) is not None]
    if asked and len(citing) > 1:
        answer_all(viewer.getting_reach(), *asked)


def _with_words(found: QuerySet[StoredFile], text: str) -> QuerySet[StoredFile]:
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    return found


def _own(viewer: Viewer) -> Q:
    """Uploaded by the official, or by or for whom the official acts in everything."""
    people = [person.pk for person in (viewer.official, viewer.answers_as) if person is not None]
    return Q(uploaded_by__in=people) | Q(on_behalf_of__in=people)


def _whole() -> QuerySet[StoredFile]:
    return StoredFile.objects.select_related("blob", "uploaded_by", "unit").order_by("-pk")
