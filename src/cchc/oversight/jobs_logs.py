"""Work in the background: logs are looked at, tried and loaded, names matched anew."""

from __future__ import annotations

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.jobs import Effect, Run, job
from cchc.interface.shapes import Link
from cchc.oversight.actions.logs import LOAD, LOOK, TRY, note_look
from cchc.oversight.actions.names import MATCH
from cchc.oversight.logs.looking import look_at
from cchc.oversight.logs.places import log_of
from cchc.oversight.logs.rematching import match_names
from cchc.oversight.logs.working import load_log, try_log
from cchc.oversight.models import DelaySource
from cchc.oversight.queries.logs import get_log
from cchc.records.text import LocalText


def _to_log(number: int) -> Link:
    return Link(_("To the log"), reverse("oversight:log", args=[number]))


@job(LOOK, LocalText("Đọc nhật ký lần đầu", "Look at a log"), link=_to_log)
def look_at_log(run: Run, *, number: int) -> Effect:
    """Its columns, its first rows, a proposed mapping."""
    looked, mapping = look_at(log_of(get_log(number)), "vi")
    return partial(note_look, number=number, looked=looked, mapping=mapping)


@job(TRY, LocalText("Chạy thử nhật ký", "Try a log"), link=_to_log)
def try_one_log(run: Run, *, number: int) -> Effect:
    """The whole log is computed and compared with what is kept."""
    return try_log(get_log(number), run.progress)


@job(LOAD, LocalText("Nhập nhật ký vào sổ theo dõi", "Load a log into the kept ledger"), link=_to_log)
def load_one_log(run: Run, *, number: int) -> Effect:
    """Part by part; a worker that was killed is followed by one that goes on behind the last part."""
    return load_log(get_log(number), run.saved, run.checkpoint, run.progress)


@job(MATCH, LocalText("Đối chiếu lại tên trong nhật ký", "Match names of logs anew"))
def match_names_anew(run: Run, *, source: int, names: tuple[int, ...]) -> Effect | None:
    """What is kept under these names, and the sums."""
    match_names(DelaySource.objects.get(pk=source), names, run.saved, run.checkpoint, run.progress)
    return None
