"""Words of lists that forms, histories and refusals share."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.interface.durations import WORKING_DAY
from cchc.interface.errors import current_language
from cchc.oversight.charging import OVERDUE
from cchc.oversight.models import Outcome
from cchc.oversight.shown_words import role_said
from cchc.oversight.states_lists import MONTHLY_LIST
from cchc.records.text import LocalText

DRAFT: Final = "draft"
REPLY: Final = "reply"
DECIDE: Final = "decide"
ACKNOWLEDGE: Final = "acknowledge"
_OTHER_ACTS: Final = {
    DRAFT: LocalText("Lập danh sách", "Draft the list"),
    REPLY: LocalText("Phản hồi", "Reply"),
    DECIDE: LocalText("Quyết định về phản hồi", "Decide about a reply"),
    ACKNOWLEDGE: LocalText("Xác nhận đã nhận thông báo", "Confirm receipt of the notice"),
}
_HOUR: Final = 60


def state_name(state: str) -> str:
    """Where a list stands, in the reader's language."""
    return MONTHLY_LIST.state(state).name.in_language(current_language())


def act_name(act: str) -> str:
    """A step of the table of lists, or what is done to an entry of one."""
    name = _OTHER_ACTS.get(act) or MONTHLY_LIST.step(act).name
    return name.in_language(current_language())


def outcome_name(outcome: str) -> str:
    """What was decided; empty where nothing was."""
    return str(Outcome(outcome).label) if outcome else ""


def class_name(klass: str) -> str:
    """`Quá hạn` or `Chậm`."""
    return _("Overdue") if klass == OVERDUE else _("Slow at an own step")


def kind_name(kind: str) -> str:
    """Who is meant by a line without a name."""
    names = {"queue": _("Shared queue"), "system": _("System account"), "unmatched": _("Name not in the register")}
    return names.get(kind, kind)


def role_name(role: str) -> str:
    """In which role a dossier was held; a dash where nothing says so."""
    return role_said(role) or "–"


def verdict_name(verdict: str) -> str:
    """What a verifier found; to be verified where nobody did."""
    names = {"real": _("Really overdue"), "forgotten": _("Late click only")}
    return names.get(verdict, _("Not verified"))


def postponed_said(month: str) -> str:
    """Of an entry that the list of that month left out."""
    return _("put off from the list of %(month)s") % {"month": month}


def working_time(minutes: int) -> str:
    """`2 ngày 3 giờ làm việc`: what the public reads, in whole hours."""
    days, rest = divmod(minutes, WORKING_DAY)
    hours = rest // _HOUR
    if not days and not hours:
        return _("less than 1 working hour")
    said = []
    if days:
        said.append(ngettext("%(n)d day", "%(n)d days", days) % {"n": days})
    if hours:
        said.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    return _("%(time)s of working time") % {"time": " ".join(said)}
