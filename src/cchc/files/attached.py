"""The files of an object, as its page lists them: `{% include "files/parts/attached.html" %}` with `attached`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from cchc.files.citing import Subject
from cchc.files.limits import limits_on
from cchc.files.models import Citation
from cchc.files.queries import citations_shown
from cchc.organizations.viewers import Viewer

_MOST_ENDED: Final = 20


@dataclass(frozen=True, slots=True)
class Attached:
    """Citations that hold `now` and that held `once`, as far as the viewer may see them; whether the viewer may add
    and end some.
    """

    subject: Subject
    now: Sequence[Citation]
    once: Sequence[Citation]
    may_change: bool

    def __bool__(self) -> bool:
        """Whether there is something to show."""
        return bool(self.now or self.once or self.may_change)


def listed(viewer: Viewer, subject: Subject) -> QuerySet[Citation]:
    """What is read for `attached`: all that holds, and the last that ended."""
    return citations_shown(viewer, subject)[: limits_on(viewer.day).files_per_object + _MOST_ENDED]


def attached(found: Iterable[Citation], subject: Subject, *, may_change: object) -> Attached:
    """Of what was `listed` for an object that the viewer may see.

    What ended keeps its file's name, who ended it, when and why; the file itself is open to those who may see it still.
    """
    rows = list(found)
    now = [one for one in rows if one.ended_at is None and one.may_see]
    once = [one for one in rows if one.ended_at is not None][:_MOST_ENDED]
    return Attached(subject, now, once, bool(may_change))


def attached_to(viewer: Viewer, subject: Subject, *, may_change: object) -> Attached:
    """The same at once, by one query."""
    return attached(listed(viewer, subject), subject, may_change=may_change)
