"""Where a reader is: the steps in addresses, the filters of the board, the way from the lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol, TypeVar

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.followups.models import Directive, Task
from cchc.followups.queries import difficulties
from cchc.followups.queries.difficulties import DifficultySearch
from cchc.followups.queries.directives import SUBJECT_TYPE
from cchc.followups.queries.missing import KINDS, MissingSearch
from cchc.followups.queries.tasks import TIMINGS, TaskSearch
from cchc.followups.states import TASK
from cchc.followups.subjects import SubjectGroup, known_subjects
from cchc.interface.day_filters import AskedDays
from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.records.states import Step


class Asked(Protocol):
    """What an address asks for; `refusal` says why it is unclear."""

    @property
    def refusal(self) -> str:
        """Empty when it is clear."""


T = TypeVar("T", bound=Asked)
SLUGS: Final[Mapping[str, str]] = {
    "acknowledge": "tiep-nhan",
    "report": "tien-do",
    "claim": "hoan-thanh",
    "raise_difficulty": "kho-khan",
    "verify": "xac-minh",
    "send_back": "lam-tiep",
    "urge": "don-doc",
    "move_deadline": "doi-han",
    "change_leader": "doi-lanh-dao",
    "withdraw": "rut",
}
_LONGEST_KEY: Final = 18
_OPEN: Final = "open"
_ALL: Final = "all"
_STATES: Final = (_OPEN, _ALL, *(state.id for state in TASK.states))
_MINE: Final = ("do", "follow")


def step_of(slug: str) -> Step:
    """Raises `followups.step_not_found`."""
    found = [step for step, name in SLUGS.items() if name == slug]
    if not found:
        raise refuse("followups.step_not_found")
    return TASK.step(found[0])


def step_address(task: Task, step: str) -> str:
    """The page of a step."""
    return reverse("followups:task-step", args=[task.pk, SLUGS[step]])


def asked_tasks(request: HttpRequest, under: Unit | None, days: AskedDays) -> TaskSearch:
    """The filters of the address, with the unit and the days it names; what else makes no sense is left out. Without a
    state: the open.
    """
    given = request.GET
    source = _one_of(given.get("nguon", ""), tuple(known_subjects()))
    return TaskSearch(
        text=asked_words(request),
        under=under,
        alone=under is not None and given.get("rieng", "") == "1",
        state=_one_of(given.get("trang-thai", ""), _STATES) or _OPEN,
        timing=_one_of(given.get("han", ""), TIMINGS),
        start=days.start,
        end=days.end,
        source=source,
        group=_group(request.viewer, source, given.get("nhom", "")),
        subject=(SUBJECT_TYPE, number) if (number := _key(given.get("van-ban", ""))) else None,
        leader=int(number) if (number := _key(given.get("lanh-dao", ""))) else None,
        mine=_one_of(given.get("cua-toi", ""), _MINE),
    )


def asked_missing(request: HttpRequest, under: Unit | None) -> MissingSearch:
    """The same of the missing list."""
    return MissingSearch(under, _one_of(request.GET.get("thieu", ""), KINDS))


def asked_difficulties(
    request: HttpRequest, under: Unit | None, directive: Directive | None, days: AskedDays
) -> DifficultySearch:
    """The same of compiled difficulties."""
    given = request.GET
    return DifficultySearch(
        text=asked_words(request),
        under=under,
        directive=directive,
        source=_one_of(given.get("nguon", ""), tuple(known_subjects())),
        kind=_one_of(given.get("loai", ""), difficulties.KINDS),
        state=_one_of(given.get("trang-thai", ""), difficulties.STATES),
        start=days.start,
        end=days.end,
        mine=given.get("cua-toi", "") == "follow",
    )


def asked_words(request: HttpRequest) -> str:
    """The words that a list is searched for."""
    return request.GET.get("tim", "")[:200].replace("\0", "")


def require_clear(asked: T) -> T:
    """A file of more than was asked for is never handed out. Raises `followups.filter_unclear`."""
    if asked.refusal:
        raise refuse("followups.filter_unclear")
    return asked


def with_filter(request: HttpRequest, **changes: str) -> str:
    """The page's address with other filters; an empty one is removed, and the place in the list."""
    query: QueryDict = request.GET.copy()
    query.pop("sau", None)
    for name, value in changes.items():
        key = name.replace("_", "-")
        query.pop(key, None)
        if value:
            query[key] = value
    return f"{request.path}?{query.urlencode()}"


def download_address(request: HttpRequest, name: str) -> str:
    """The workbook of the list in hand, with the same filters."""
    query = request.GET.copy()
    query.pop("sau", None)
    return f"{reverse(name)}?{query.urlencode()}" if query else reverse(name)


def task_crumbs(task: Task | None = None) -> list[Link]:
    """From the board down to a task."""
    steps = [Link(_("Tasks"), reverse("followups:board"))]
    return steps if task is None else [*steps, Link(shortened(task.what), reverse("followups:task", args=[task.pk]))]


def directive_crumbs(directive: Directive | None = None) -> list[Link]:
    """From the list down to a directive."""
    steps = [Link(_("Directives"), reverse("followups:directives"))]
    if directive is None:
        return steps
    return [*steps, Link(directive.number, reverse("followups:directive", args=[directive.pk]))]


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text, whole words."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0]}…"


def _key(text: str) -> str:
    return text if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_KEY else ""


def _group(viewer: Viewer, source: str, number: str) -> SubjectGroup | None:
    """What `nhom` names among the subjects of a kind, to who may see it."""
    find = known_subjects()[source].group if source else None
    return find(viewer, int(number)) if find is not None and _key(number) else None


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    return text if text in allowed else ""
