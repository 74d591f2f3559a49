"""Binding figures of a criterion to what the product measured, and ending that."""

from __future__ import annotations

from datetime import datetime

from cchc.assessments.actions.taking import take_round
from cchc.assessments.audit_kinds import MEASURE_BOUND, MEASURE_UNBOUND
from cchc.assessments.criteria import set_of
from cchc.assessments.measures import MEASURES
from cchc.assessments.models import Binding, Round
from cchc.assessments.policies import may_be_bound
from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse


@action
def bind_measure(*, actor: Actor, now: datetime, round_: Round, code: str, input: str, measure: str) -> Binding:
    """What units declare there is shown beside the measure; nothing is written into a sheet. Another measure that was
    bound to the input ends.

    Raises `assessments.no_set`, `assessments.not_in_state`, `scoring.unknown_criterion`, `assessments.not_measurable`,
    `assessments.unknown_measure`, `records.not_in_force` where what it counts is not defined on the last day assessed.
    """
    locked = take_round(round_)
    may_be_bound(locked).require()
    criterion = set_of(locked).criterion(code)
    if input not in criterion.counted:
        raise refuse("assessments.not_measurable", criterion=code)
    if measure not in MEASURES:
        raise refuse("assessments.unknown_measure")
    MEASURES[measure].basis(locked.assessed_to)  # what is not defined for these days is not measured
    known = Binding.objects.filter(round=locked, criterion=code, input=input, ended_at=None).first()
    if known is not None and known.measure == measure:
        nothing_changed()
        return known
    if known is not None:
        _end(known, now, "")
    made = Binding.objects.create(
        round=locked, criterion=code, input=input, measure=measure, bound_at=now, **done_by(actor, "bound")
    )
    record(MEASURE_BOUND, made, after=values_of(made))
    return made


@action
def unbind_measure(*, actor: Actor, now: datetime, binding: Binding, reason: str) -> Binding:
    """It is shown no more. Raises `assessments.no_reason`, `assessments.not_in_state`."""
    if not reason.strip():
        raise refuse("assessments.no_reason")
    may_be_bound(take_round(binding.round)).require()
    locked = Binding.objects.select_for_update(of=("self",)).get(pk=binding.pk)
    if locked.ended_at is not None:
        nothing_changed()
        return locked
    return _end(locked, now, reason.strip())


def _end(binding: Binding, now: datetime, reason: str) -> Binding:
    before = values_of(binding)
    binding.ended_at = now
    binding.save()
    record(MEASURE_UNBOUND, binding, before=before, after=values_of(binding), reason=reason or None)
    return binding
