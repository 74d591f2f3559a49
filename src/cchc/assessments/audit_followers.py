"""When nothing is missing in a sheet any more, by words or by a file that was cited, its head hears of it once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cchc.assessments.actions.sheets import note_complete
from cchc.assessments.audit_kinds import ANSWER_WRITTEN
from cchc.assessments.models import Answer, Sheet
from cchc.assessments.states import FILLING, SELF_SCORING
from cchc.audit.followers import Follower, Happened
from cchc.files.audit_kinds import FILE_CITED

_ANSWER: Final = Answer._meta.label


def look_whether_complete(events: Sequence[Happened]) -> None:
    """Of each sheet that is being filled in and was not complete before."""
    keys = [key for event in events if (key := _answer(event)) is not None]
    waiting = Sheet.objects.filter(
        answers__in=keys, answers__stage="self", state=FILLING, completed_at=None, round__state=SELF_SCORING
    )
    for sheet in waiting.select_related("round__organizer", "unit").distinct().order_by("pk"):
        note_complete(actor=events[0].actor, now=events[0].at, sheet=sheet)


def _answer(event: Happened) -> int | None:
    """The answer that was written, or for which a file was cited."""
    if event.kind == ANSWER_WRITTEN:
        return int(event.subject[1])
    fact = event.after or {}
    return int(fact["subject_id"]) if fact.get("subject_type") == _ANSWER else None


FOLLOWERS: Final[Mapping[str, Follower]] = {ANSWER_WRITTEN: look_whether_complete, FILE_CITED: look_whether_complete}
