"""What a viewer may see: dossiers received or settled by units over which a role of the one-stop is held."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.permissions import READERS, few_units, few_units_of_roles, held_in_offices
from cchc.dossiers.queries.absences import stood_in_for
from cchc.dossiers.states import BEGUN, HELD, QUEUED, RUNNING, SETTLED
from cchc.interface.prepared import Prepared
from cchc.interface.together import Reads, answer
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer


def visible_dossiers(viewer: Viewer) -> QuerySet[Dossier]:
    """Those received or settled in one's scope, those of which one has, or had, a step, and those of which one may take
    one from the queue.
    """
    if not viewer.is_signed_in or not viewer.holds_anywhere(*READERS):
        return Dossier.objects.none()
    visible = _in_scope(viewer, "unit") | _in_scope(viewer, "settling_unit")
    over = _once_held(viewer).exclude(_in_scope(viewer, "unit"))
    for steps in (over, mine(viewer), queued(viewer)):
        visible |= Q(pk__in=steps.order_by().values("dossier"))
    return Dossier.objects.filter(visible)


def is_visible(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether a dossier that was read by its key is one of `visible_dossiers`. No query where it was received or is
    settled in a unit of the viewer's own roles; one for units above it that are not known, three for what leads to it
    by its steps.
    """
    if not viewer.is_signed_in or not viewer.holds_anywhere(*READERS):
        return False
    units = (dossier.unit_id, dossier.settling_unit_id)
    viewer.read_above(units)
    if any(_holds_over(viewer, unit, *READERS) for unit in units):
        return True
    steps = list(StepInstance.objects.filter(dossier=dossier).order_by("pk"))
    viewer.read_above(step.unit_id for step in steps)
    return any(_leads_to_dossier(viewer, dossier, step) for step in steps)


def _holds_over(viewer: Viewer, unit: int, *roles: str) -> bool:
    """As `within` has it: over a unit that is there on the day."""
    above = viewer.above(unit)
    return bool(above) and viewer.holds_at(roles, unit, above)


def _leads_to_dossier(viewer: Viewer, dossier: Dossier, step: StepInstance) -> bool:
    """Whether the step is one of `_held_elsewhere`, `mine` or `queued`."""
    is_own = step.holder_id == viewer.acting.pk
    if step.ended_at is not None:
        return is_own and not _holds_over(viewer, step.unit_id, *READERS)
    if step.state == HELD:
        return is_own or (step.holder_id in stood_in_for(viewer) and _fits(viewer, step))
    is_waiting = step.state == QUEUED and step.begun_at is not None and dossier.state in RUNNING
    return is_waiting and _fits(viewer, step)


def _fits(viewer: Viewer, step: StepInstance) -> bool:
    """Whether the step is one of `_fitting`."""
    held = _holds_over(viewer, step.unit_id, step.role)
    return held or (step.role, step.unit_id) in held_in_offices(viewer)


def _keys_where(viewer: Viewer, column: str, value: str | None) -> QuerySet[Any, Any]:
    """The keys of visible dossiers of which a column says that: each way to them is read by an index of its own, where
    one condition for all of them reads what lies beyond the viewer's scope, too.
    """
    if not viewer.is_signed_in or not viewer.holds_anywhere(*READERS):
        return Dossier.objects.none().values_list("pk")
    such = Dossier.objects.filter(**{column: value})
    keys = [
        such.filter(some).order_by().values_list("pk")
        for field in ("unit", "settling_unit")
        for some in _each_in_scope(viewer, field)
    ]
    # What stands in `coalesce` no index has: else a database begins with all such dossiers, and not with the steps.
    said = Coalesce(F(f"dossier__{column}"), Value(None, Dossier._meta.get_field(column)))
    by_steps = [steps.alias(said=said).filter(said=value) for steps in _ways_by_steps(viewer)]
    keys += [steps.order_by().values_list("dossier") for steps in by_steps]
    return keys[0].union(*keys[1:])


def ways_to_dossiers(viewer: Viewer) -> Sequence[tuple[QuerySet[Any], str]]:
    """The dossiers of `visible_dossiers` by each way in which they are visible, with the column that has their keys:
    each way is read in the order of an index, all of them at once are not. A dossier may be found by several.
    """
    if not viewer.is_signed_in or not viewer.holds_anywhere(*READERS):
        return ()
    elsewhere = Dossier.objects.filter(~Q(unit=F("settling_unit")))
    received = [Dossier.objects.filter(some) for some in _each_in_scope(viewer, "unit")]
    settled = [elsewhere.filter(some) for some in _each_in_scope(viewer, "settling_unit")]
    of_steps = ((found, "dossier") for found in _ways_by_steps(viewer))
    return (*((found, "pk") for found in (*received, *settled)), *of_steps)


def _each_in_scope(viewer: Viewer, field: str) -> Sequence[Q]:
    """`_in_scope` in as many conditions as there are units, if they are few: an index has the dossiers of one unit in
    their order, not those of several.
    """
    units = few_units(viewer)
    return [_in_scope(viewer, field)] if units is None else [Q(**{field: unit}) for unit in units]


def _ways_by_steps(viewer: Viewer) -> Sequence[QuerySet[StepInstance]]:
    """Steps that lead to dossiers beyond one's scope."""
    return (*_held_elsewhere(viewer), mine(viewer), queued(viewer))


def _held_elsewhere(viewer: Viewer) -> Sequence[QuerySet[StepInstance]]:
    """Steps that the viewer once had where no role of the one-stop is held: those in scope are visible anyway. By
    units, each of which an index finds at once.
    """
    over, units = _once_held(viewer), few_units(viewer)
    if units is None:
        return (over.exclude(_in_scope(viewer, "unit")),)
    between = [(low, high) for low, high in pairwise((_LEAST, *units, _MOST)) if high - low > 1]
    elsewhere = viewer.once("dossiers.worked_elsewhere", lambda: answer(_units_worked_in(viewer.acting.pk, between)))
    return [over.filter(unit=unit) for unit in elsewhere]


def _once_held(viewer: Viewer) -> QuerySet[StepInstance]:
    return StepInstance.objects.filter(holder=viewer.acting, ended_at__isnull=False)  # as their index has them


_LEAST: Final = 0
_MOST: Final = 2**62
_FIRST_UNIT: Final = Prepared(
    lambda holder, low, high: StepInstance.objects.filter(
        holder=holder, ended_at__isnull=False, unit__gt=low, unit__lt=high
    ).order_by("unit").values_list("unit", flat=True)[:1],
    holder=int, low=int, high=int,
)  # fmt: skip


def _units_worked_in(holder: int, between: Sequence[tuple[int, int]]) -> Reads[list[int]]:
    """Units with keys between these in which somebody had steps that are over: the first of each stretch, then what
    lies behind it. One query where there is none, as it mostly is; another for each unit found.
    """
    found = [(_FIRST_UNIT(holder=holder, low=low, high=high), high) for low, high in between]

    def then() -> list[int] | Reads[list[int]]:
        units = [(unit, high) for first, high in found for unit in first]
        if not units:
            return []
        return _units_worked_in(holder, units).made(lambda further: sorted({*further, *(unit for unit, _ in units)}))

    return Reads([first for first, _ in found], then)


def _in_scope(viewer: Viewer, field: str) -> Q:
    """The condition that the unit in a field is one over which a role of the one-stop is held."""
    units = few_units(viewer)
    return within(viewer.units_held(*READERS), viewer.day, field) if units is None else Q(**{f"{field}__in": units})


def mine(viewer: Viewer) -> QuerySet[StepInstance]:
    """Steps at work that are the viewer's, or of somebody absent for whom the viewer stands in with the role; also
    while their dossier waits for others.
    """
    if not viewer.is_signed_in:
        return StepInstance.objects.none()
    held = StepInstance.objects.filter(state=HELD, ended_at=None)  # as its index has them
    held_in_offices(viewer)  # in one question with whom the viewer stands in for
    away = stood_in_for(viewer) if viewer.holds else frozenset()
    if not away:
        return held.filter(holder=viewer.acting)
    own = Q(holder=viewer.acting) | _fitting(viewer)
    return held.filter(own, holder__in=[viewer.acting.pk, *sorted(away)])


def queued(viewer: Viewer) -> QuerySet[StepInstance]:
    """Steps of the shared queues that the viewer may take."""
    if not viewer.is_signed_in:
        return StepInstance.objects.none()
    at_work = StepInstance.objects.filter(ended_at=None, begun_at__isnull=False)  # as their index has them
    return at_work.filter(_fitting(viewer), state=QUEUED, dossier__state__in=RUNNING)


def _fitting(viewer: Viewer) -> Q:
    """Steps whose role the viewer holds where they are worked on."""
    held, few = {hold.role for hold in viewer.holds}, few_units_of_roles(viewer)
    units = {role: set(few.get(role, ())) if few else set() for role in held}
    for role, body in held_in_offices(viewer):
        units[role].add(body)
    fitting = Q(pk__in=())
    for role in sorted(held):
        if units[role]:
            fitting |= Q(role=role, unit__in=sorted(units[role]))
        if few is None or role not in READERS:
            fitting |= Q(role=role) & within(viewer.units_held(role), viewer.day, "unit")
    return fitting


def of_units(viewer: Viewer) -> QuerySet[StepInstance]:
    """All steps at work in the viewer's scope, whoever has them."""
    at_work = StepInstance.objects.filter(ended_at=None, begun_at__isnull=False, state__in=BEGUN)
    return at_work.filter(dossier__in=_keys_where(viewer, "ended_at", None))


def ready(viewer: Viewer) -> QuerySet[Dossier]:
    """Settled, to be handed over."""
    return Dossier.objects.filter(state=SETTLED, pk__in=_keys_where(viewer, "state", SETTLED))
