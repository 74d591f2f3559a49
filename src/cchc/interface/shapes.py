"""What components take: small values that a view or a room fills and a template shows. Minutes are working minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from cchc.interface.templatetags.figures import Exact

ZOOMS: Final = (100, 150, 200)


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: a breadcrumb, a tab, a filter that can be removed. `current` marks where the reader is; `icon`,
    for a tab that stands for a status, is the status's own.
    """

    text: str
    url: str = ""
    current: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows stand so: `status` as a chip has it, the word, and the address of exactly these rows."""

    status: str
    number: int
    link: Link


@dataclass(frozen=True, slots=True)
class Who:
    """Who is signed in, for the header: name, unit, where the account is kept, for whom the person acts, in which roles
    (none named: in all) and until when, and the key under which a device keeps the person's drafts. `waits_at`: where
    roles that do not count yet in this session are made to count; empty where none waits.
    """

    name: str
    unit: str
    url: str
    acting_for: str = ""
    acting_as: str = ""
    drafts: str = ""
    waits_at: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is asked before something is done for a stated reason: the object in a question, the effect, the button."""

    title: str
    effect: str
    submit: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of why a figure is what it is, with what lies under it."""

    text: str
    value: str = ""
    source: str = ""
    children: Sequence[Reason] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a dossier: minutes allowed, minutes used, minutes the clock stood still."""

    name: str
    who: str
    allotted: int
    used: int
    suspended: int = 0
    corrections: Sequence[str] = field(default_factory=tuple)

    @property
    def over(self) -> int:
        """Minutes beyond what was allowed."""
        return max(0, self.used - self.allotted)

    @property
    def span(self) -> int:
        """All minutes the step's bar has to show."""
        return max(self.allotted, self.used) + self.suspended


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One figure of a heat matrix and the address of the rows behind it; None where there is no figure yet."""

    value: Exact | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One unit of a heat matrix, a cell per criterion; `note` says why figures are missing."""

    unit: str
    cells: Sequence[HeatCell]
    url: str = ""
    note: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One unit's figures over time; None where there is none."""

    name: str
    values: Sequence[Exact | None]
    url: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file as it is shown: one page image at a time, or why not. An empty address: that way does not exist.

    `state`: ready, text (no image can be made), scanning, unsafe, held (by an administrator), missing. `zoom`: one of
    `ZOOMS`.
    """

    key: str
    name: str = ""
    state: str = "ready"
    size: str = ""
    page: int = 1
    pages: int = 1
    zoom: int = 100
    image: str = ""
    text: str = ""
    previous: str = ""
    next: str = ""
    zoom_in: str = ""
    zoom_out: str = ""
    download: str = ""
    refresh: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of an exchange. `kind`: notice, reply, decision, erratum. An erratum stands under what it corrects."""

    kind: str
    who: str
    at: datetime
    text: str
    attachments: Sequence[Link] = ()
    before: str = ""
    after: str = ""
    errata: Sequence[Letter] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """Work that takes longer than a page. `state`: waiting, running, cancelled, finished, failed.

    `total` is None while nobody knows it. `cancel` and `resume` take a POST, `refresh` gives the page with the job as
    it is then.
    """

    key: str
    title: str
    done: int
    total: int | None
    state: str = "running"
    problem: str = ""
    cancel: str = ""
    resume: str = ""
    refresh: str = ""
    result: Link | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is more to come."""
        return self.state in {"waiting", "running"}

    @property
    def percent(self) -> int:
        """Whole percent done, never rounded up: 100 is said only when all is done."""
        if self.total is None:
            return 0
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """What a device has to send. `state`: held, sending, refused, received. A refusal has a reason and a next step."""

    name: str
    state: str
    at: datetime | None = None
    reason: str = ""
    next_step: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a due date's reckoning: minutes that count, why a day is skipped or short, the source of that."""

    on: date
    minutes: int
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class WhySheet:
    """How a due date came about; the minutes of the days add up to the limit. `start_label`: what began at
    `received_at`, where nothing was received.
    """

    subject: str
    received_at: datetime
    due_at: datetime
    limit: int
    rule: str
    rule_source: str
    days: Sequence[CountedDay]
    start_label: str = ""

    @property
    def counted(self) -> int:
        """All minutes that count."""
        return sum(day.minutes for day in self.days)

    @property
    def adds_up(self) -> bool:
        """Whether the days give exactly the limit."""
        return self.counted == self.limit


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands around a printed form: who issues it, what it is called, where it is found again."""

    authority: str
    agency: str
    title: str
    number: str
    dated: str
    url: str
    hash: str
    subtitle: str = ""
