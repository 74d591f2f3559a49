"""Apologies as pages show them: what is owed, letters, what may be done now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cchc.apologies.addresses import to_act, to_draft, to_letter
from cchc.apologies.duty import Duty, Standing, Why
from cchc.apologies.models import Letter, LetterEntry, Way
from cchc.apologies.owing import Beside, about_of
from cchc.apologies.permissions import may_act_on
from cchc.apologies.policies import may_become
from cchc.apologies.states import LETTER, OPEN
from cchc.dossiers.addresses import to_dossier
from cchc.dossiers.models import Dossier
from cchc.dossiers.reasons import reason_name
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Line:
    """A letter that is owed, will be, or was sent; the newest one made for it, where there is one."""

    dossier: Dossier
    duty: Duty
    letter: Letter | None
    cause: str
    is_late: bool
    draft: str = ""

    @property
    def url(self) -> str:
        """The page of the dossier."""
        return to_dossier(self.dossier)

    @property
    def why(self) -> str:
        """In the reader's language."""
        return why_name(self.duty.about.why)

    @property
    def chip(self) -> tuple[str, str]:
        """Colour and word of how it stands."""
        if self.duty.standing == Standing.FORESEEN:
            return "soon", _("Will be owed")
        if self.duty.standing == Standing.OWED:
            return ("overdue", _("Owed, late")) if self.is_late else ("soon", _("Owed"))
        return ("overdue", _("Sent late")) if self.is_late else ("ok", _("Sent in time"))

    @property
    def letter_url(self) -> str:
        """The page of the letter that is there."""
        return "" if self.letter is None else to_letter(self.letter)

    @property
    def letter_state(self) -> str:
        """Where it stands."""
        return "" if self.letter is None else letter_state(self.letter.state)

    @property
    def procedure(self) -> str:
        """In the reader's language."""
        return procedure_of(self.dossier)


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter on its way, or sent."""

    letter: Letter

    @property
    def url(self) -> str:
        """Its page."""
        return to_letter(self.letter)

    @property
    def state(self) -> str:
        """Where it stands."""
        return letter_state(self.letter.state)

    @property
    def cause(self) -> str:
        """Why it is written."""
        return cause_name(self.letter.cause)

    @property
    def procedure(self) -> str:
        """In the reader's language."""
        return procedure_of(self.letter.dossier)


def lines_of(dossier: Dossier, found: Beside, now: datetime, *, drafts: bool = False) -> list[Line]:
    """All letters of a dossier; with `drafts` where one may be drafted now."""
    return [_line(dossier, duty, found, now, drafts) for duty in found.duties(dossier, now)]


def _line(dossier: Dossier, duty: Duty, found: Beside, now: datetime, drafts: bool) -> Line:
    letter = found.letter_for(dossier, duty.about)
    is_open = letter is not None and letter.state in OPEN
    draft = to_draft(dossier, duty.about) if drafts and not is_open and duty.sent_at is None else ""
    is_late = duty.is_late(now) if letter is None or letter.sent_at is None else not letter.is_in_time
    return Line(dossier, duty, letter, cause_of(duty, found, dossier), is_late, draft)


def cause_of(duty: Duty, found: Beside, dossier: Dossier) -> str:
    """Of a mistake or a decision the cause that was stated; empty for an appointment that is not kept."""
    if duty.about.why == Why.MISTAKE:
        code = next(one.cause for one in found.mistakes[dossier.pk] if one.pk == duty.about.key)
    elif duty.about.why == Why.PUT_OFF:
        code = next(one.reason_code for one in found.appointments[dossier.pk] if one.pk == duty.about.key)
    else:
        return ""
    return cause_name(code)


def offered(viewer: Viewer, letter: Letter) -> list[Link]:
    """What the reader may do with a letter as it stands, the next thing first."""
    acts = ("approve", "sign", "send", "draft", "return", "cancel")
    able = [act for act in acts if may_become(letter, act) and may_act_on(viewer, letter, act)]
    return [Link(act_name(act), to_act(letter, act)) for act in able]


def history_of(entries: Iterable[LetterEntry]) -> Sequence[tuple[LetterEntry, str]]:
    """Each with the name of what was done: the first line of all is the draft."""
    listed = list(entries)
    return [(one, _("Draft") if one is listed[-1] else act_name(one.act)) for one in listed]


def why_name(why: Why) -> str:
    """What a letter is owed for, in the reader's language."""
    names = {
        Why.PUT_OFF: _("Appointment put off"),
        Why.NOT_KEPT: _("Appointment not kept"),
        Why.MISTAKE: _("Mistake"),
    }
    return names[why]


def why_of(letter: Letter) -> str:
    """The same of a letter."""
    return why_name(about_of(letter).why)


def letter_state(state: str) -> str:
    """Where a letter stands, in the reader's language."""
    return LETTER.state(state).name.in_language(current_language())


def act_name(act: str) -> str:
    """A step of the table of letters."""
    return LETTER.step(act).name.in_language(current_language())


def cause_name(code: str) -> str:
    """A cause by its name; as it is where the product does not know it."""
    known = reason_name("extend", code)
    return code if known is None else known.in_language(current_language())


def way_name(way: str) -> str:
    """How it was sent; empty where it was not."""
    return str(Way(way).label) if way else ""


def procedure_of(dossier: Dossier) -> str:
    """Its procedure, in the reader's language."""
    return dossier.procedure_version.procedure.name.in_language(current_language())
