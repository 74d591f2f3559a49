"""What the state of a list, of its entries and of a case allows, whoever asks."""

from __future__ import annotations

from datetime import datetime

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.oversight.models import ListedItem, MonthlyList, ResponsibilityCase
from cchc.oversight.states_cases import RESPONSIBILITY_CASE
from cchc.oversight.states_lists import MONTHLY_LIST, NOTIFIED


def may_become(list_: MonthlyList, act: str) -> Verdict:
    """Whether a step of the table leads from where the list stands. Raises `LookupError` for no step."""
    step, state = MONTHLY_LIST.step(act), MONTHLY_LIST.state(list_.state)
    if state.id in step.sources:
        return ALLOWED
    return denied("oversight.not_in_state", step=step.name, state=state.name)


def may_be_replied(item: ListedItem, now: datetime) -> Verdict:
    """While its list is open for replies, in the time of whoever is named, until it is decided."""
    listed = item.listed
    if listed.list.state != NOTIFIED:
        return denied("oversight.not_open_for_replies")
    if listed.reply_until is None or now > listed.reply_until:
        return denied("oversight.reply_time_over")
    return denied("oversight.decided_already") if item.outcome else ALLOWED


def may_be_decided_about(list_: MonthlyList) -> Verdict:
    """Whether replies to it may be decided about."""
    return ALLOWED if list_.state == NOTIFIED else denied("oversight.not_open_for_replies")


def may_be_decided(item: ListedItem) -> Verdict:
    """While its list is open for replies; whatever named entry, replied to or not."""
    if not (verdict := may_be_decided_about(item.listed.list)):
        return verdict
    if not item.listed.is_named:
        return denied("oversight.nobody_named")
    return denied("oversight.decided_already") if item.outcome else ALLOWED


def may_case_become(case: ResponsibilityCase, act: str) -> Verdict:
    """Whether a step of the table leads from where the case stands. Raises `LookupError` for no step."""
    step, state = RESPONSIBILITY_CASE.step(act), RESPONSIBILITY_CASE.state(case.state)
    if state.id in step.sources:
        return ALLOWED
    return denied("oversight.case_not_in_state", step=step.name, state=state.name)
