"""The lists of a desk, the worst first: what one has, what waits in the queue, everything in scope, what is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import F, Q, QuerySet

from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.permissions import MANAGERS
from cchc.dossiers.queries.scope import mine, of_units, queued, ready, visible_dossiers, ways_to_dossiers
from cchc.dossiers.searching import Sought, sought
from cchc.dossiers.states import BEGUN, RUNNING, SETTLED
from cchc.interface.paging import is_key
from cchc.interface.planning import looked_up
from cchc.interface.together import Reads, all_of, made_of, number_of
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer

MINE: Final = "cua-toi"
QUEUE: Final = "hang-cho"
AT_WORK: Final = "dang-xu-ly"
READY: Final = "cho-tra"
ALL: Final = "tat-ca"
LISTS: Final = (MINE, QUEUE, AT_WORK, READY, ALL)
OF_STEPS: Final = (MINE, QUEUE, AT_WORK)
"""Lists of steps; the others are lists of dossiers."""

_OF_A_DOSSIER: Final = (
    "code", "owner_name", "version", "state", "due_at", "settled_at", "ended_at", "calendar", "is_sample",
    "procedure_version__procedure__name_vi", "procedure_version__procedure__name_en",
)  # fmt: skip
_OF_A_STEP: Final = (
    "role", "state", "due_at", "name_vi", "name_en", "unit", "holder__name",
    *(f"dossier__{one}" for one in _OF_A_DOSSIER),
)  # fmt: skip
"""What a line shows, and no more: a page has a hundred of them."""


def beside_dossiers(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """With what a line about a dossier shows."""
    return found.select_related("procedure_version__procedure").only(*_OF_A_DOSSIER)


def beside_steps(found: QuerySet[StepInstance]) -> QuerySet[StepInstance]:
    """With what a line about a step shows."""
    return found.select_related("dossier__procedure_version__procedure", "holder").only(*_OF_A_STEP)


@dataclass(frozen=True, slots=True)
class DeskSearch:
    """Which list, and words of code, owner, subject or procedure."""

    which: str = MINE
    text: str = ""


def find_steps(viewer: Viewer, asked: DeskSearch) -> QuerySet[StepInstance]:
    """Steps at work, the one due first at the top; their pages need `beside_steps`."""
    found = {MINE: mine, QUEUE: queued, AT_WORK: of_units}[asked.which](viewer)
    return found.filter(sought(asked.text).in_words.condition("dossier__")).order_by("due_at", "pk")


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
    `beside_dossiers`.
    """
    words = sought(asked.text).in_words.condition()
    if asked.which == READY:
        return ready(viewer).filter(words).order_by("settled_at", "pk")
    return visible_dossiers(viewer).filter(words).order_by("-pk")


def finding_newest(viewer: Viewer, text: str, behind: int | None, most: int) -> Reads[list[Dossier]]:
    """The newest dossiers in scope that have these words, behind the one with that key; as quick among a million as
    among a thousand. They are not counted. A whole number or code is looked up as such; where none has it, it is a
    word like others.
    """
    asked = sought(text)
    found = newest(viewer, asked, behind, most)
    if not asked.is_whole:
        return made_of(found, list)
    known = [] if behind is None else [newest(viewer, asked, None, 1)]
    in_words = newest(viewer, asked.in_words, behind, most)
    return Reads([found, *known], lambda: list(found) if found or any(known) else made_of(in_words, list))


def newest(viewer: Viewer, asked: Sought, behind: int | None, most: int) -> QuerySet[Dossier]:
    """The first of them, as a line shows them: of each way to dossiers so many, and of these the first."""
    ways: list[QuerySet] = [_newest_keys(found, key, asked, behind, most) for found, key in ways_to_dossiers(viewer)]
    if not connection.features.supports_slicing_ordering_in_compound:  # SQLite takes them one level further down
        ways = [Dossier.objects.filter(pk__in=way).order_by().values_list("pk") for way in ways]
    keys = ways[0].union(*ways[1:]) if ways else Dossier.objects.none().values_list("pk")
    return beside_dossiers(Dossier.objects.filter(looked_up("pk", keys))).order_by("-pk")[:most]


def _newest_keys(found: QuerySet, key: str, asked: Sought, behind: int | None, most: int) -> QuerySet:
    """Dossiers lie in an index in their order. Of steps the few that are meant are found first: the sum keeps the
    database from walking along all steps in the order of dossiers.
    """
    is_dossier = key == "pk"
    such = found.filter(asked.condition("" if is_dossier else "dossier__"))
    keyed = such.annotate(keyed=F("pk") if is_dossier else F("dossier_id") + 0)
    listed = keyed if behind is None else keyed.filter(keyed__lt=behind)
    keys = listed.order_by("-keyed").values_list("keyed", flat=True)
    return (keys if is_dossier else keys.distinct())[:most]


def counting_lists(viewer: Viewer) -> Reads[dict[str, int]]:
    """How many there are in each list of steps, and ready."""
    found = {MINE: mine(viewer), QUEUE: queued(viewer), AT_WORK: of_units(viewer), READY: ready(viewer)}
    numbers = all_of([number_of(one) for one in found.values()])
    return numbers.made(lambda many: dict(zip(found, many, strict=True)))


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
