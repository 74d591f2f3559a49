"""The lists of a desk, the worst first: what one has, what waits in the queue, everything in scope, what is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.permissions import MANAGERS
from cchc.dossiers.queries.scope import mine, of_units, queued, visible_dossiers, ways_to_dossiers
from cchc.dossiers.states import BEGUN, RUNNING, SETTLED
from cchc.interface.paging import is_key
from cchc.interface.together import Reads, all_of, made_of, number_of
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.records.search import fold

MINE: Final = "cua-toi"
QUEUE: Final = "hang-cho"
AT_WORK: Final = "dang-xu-ly"
READY: Final = "cho-tra"
ALL: Final = "tat-ca"
LISTS: Final = (MINE, QUEUE, AT_WORK, READY, ALL)
OF_STEPS: Final = (MINE, QUEUE, AT_WORK)
"""Lists of steps; the others are lists of dossiers."""

OF_A_STEP: Final = ("dossier__procedure_version__procedure", "holder", "unit")
OF_A_DOSSIER: Final = ("procedure_version__procedure",)
"""What is shown beside each of them."""


@dataclass(frozen=True, slots=True)
class DeskSearch:
    """Which list, and words of code, owner, subject or procedure."""

    which: str = MINE
    text: str = ""


def find_steps(viewer: Viewer, asked: DeskSearch) -> QuerySet[StepInstance]:
    """Steps at work, the one due first at the top; their pages need `OF_A_STEP` beside them."""
    found = {MINE: mine, QUEUE: queued, AT_WORK: of_units}[asked.which](viewer)
    return _with_words(found, asked.text, "dossier__").order_by("due_at", "pk")


def managed_steps(viewer: Viewer, whose: str = "") -> QuerySet[StepInstance]:
    """Steps at work in units of which the viewer is in charge, the one due first at the top; of one holder, by code."""
    units = viewer.units_held(*MANAGERS)
    here = within(units, viewer.day, "dossier__unit") | within(units, viewer.day, "dossier__settling_unit")
    found = StepInstance.objects.filter(here, state__in=BEGUN, dossier__state__in=RUNNING)
    if whose:
        found = found.filter(holder__code=whose)
    related = ("dossier__procedure_version__procedure", "dossier__unit", "dossier__settling_unit", "holder", "unit")
    return found.select_related(*related).order_by("due_at", "pk")


def steps_by_key(viewer: Viewer, ticked: Sequence[str]) -> list[tuple[StepInstance, int]]:
    """Of what was ticked (`key.version`) the steps in one's charge, each with the version that was seen."""
    versions = dict(one.split(".", 1) for one in ticked)
    found = managed_steps(viewer).filter(pk__in=[key for key in versions if is_key(key)])
    return [(step, int(versions[str(step.pk)])) for step in found if is_key(versions[str(step.pk)])]


def find_dossiers(viewer: Viewer, asked: DeskSearch) -> QuerySet[Dossier]:
    """Those whose result waits to be handed over, the longest first; or all, the newest first. Their pages need
    `OF_A_DOSSIER` beside them.
    """
    found = _with_words(visible_dossiers(viewer), asked.text)
    if asked.which == READY:
        return found.filter(state=SETTLED).order_by("settled_at", "pk")
    return found.order_by("-pk")


def finding_newest(viewer: Viewer, text: str, behind: int | None, most: int) -> Reads[list[Dossier]]:
    """The newest dossiers in scope that have these words, behind the one with that key; two questions, as quick among a
    million as among a thousand. They are not counted.
    """
    ways = [_newest_keys(found, key, text, behind, most) for found, key in ways_to_dossiers(viewer)]
    related = Dossier.objects.select_related(*OF_A_DOSSIER).order_by("-pk")

    def then() -> Reads[list[Dossier]]:
        keys = sorted({key for way in ways for key in way}, reverse=True)[:most]
        return made_of(related.filter(pk__in=keys), list)

    return Reads(ways, then)


def _newest_keys(found: QuerySet, key: str, text: str, behind: int | None, most: int) -> QuerySet:
    listed = _with_words(found, text, "" if key == "pk" else "dossier__")
    listed = listed if behind is None else listed.filter(**{f"{key}__lt": behind})
    return listed.order_by(f"-{key}").values_list(key, flat=True).distinct()[:most]


def counting_lists(viewer: Viewer) -> Reads[dict[str, int]]:
    """How many there are in each list of steps, and ready."""
    found = {MINE: mine(viewer), QUEUE: queued(viewer), AT_WORK: of_units(viewer), READY: ready(viewer)}
    numbers = all_of([number_of(one) for one in found.values()])
    return numbers.made(lambda many: dict(zip(found, many, strict=True)))


def ready(viewer: Viewer) -> QuerySet[Dossier]:
    """Settled, to be handed over."""
    return visible_dossiers(viewer).filter(state=SETTLED)


def steps_after(found: QuerySet[StepInstance], last: StepInstance | None) -> QuerySet[StepInstance]:
    """What follows one of them."""
    if last is None:
        return found
    return found.filter(Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, pk__gt=last.pk))


def dossiers_after(found: QuerySet[Dossier], last: Dossier | None) -> QuerySet[Dossier]:
    """What follows one of them, in the order in which they stand."""
    if last is None:
        return found
    if last.state == SETTLED and found.query.order_by[0] == "settled_at":
        return found.filter(Q(settled_at__gt=last.settled_at) | Q(settled_at=last.settled_at, pk__gt=last.pk))
    return found.filter(pk__lt=last.pk)


def _with_words(found: QuerySet, text: str, prefix: str = "") -> QuerySet:
    for word in fold(text).split():
        found = found.filter(**{f"{prefix}search_key__contains": word})
    return found
