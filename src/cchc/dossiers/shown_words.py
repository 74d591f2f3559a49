"""Codes of this room in the reader's language."""

from __future__ import annotations

from cchc.dossiers.models.dossiers import Channel, DeliveryWay
from cchc.dossiers.models.paper_volumes import PaperReason
from cchc.dossiers.states import DELIVERY, DOSSIER, FINANCE, STEP
from cchc.dossiers.states_beside import ADVICE
from cchc.dossiers.states_sync import SYNCHRONISATION
from cchc.interface.errors import current_language
from cchc.organizations.roles import roles
from cchc.organizations.shown import shown_calendar
from cchc.records.states import StateTable


def state_name(state: str) -> str:
    """Where a dossier stands."""
    return _state(DOSSIER, state)


def step_state_name(state: str) -> str:
    """Where a step stands."""
    return _state(STEP, state)


def synchronisation_name(state: str) -> str:
    """Where the newest report of a dossier stands."""
    return _state(SYNCHRONISATION, state)


def advice_state_name(state: str) -> str:
    """Where an opinion stands."""
    return _state(ADVICE, state)


def finance_name(state: str) -> str:
    """Whether something is to be paid."""
    return _state(FINANCE, state)


def delivery_name(state: str) -> str:
    """Where the result is."""
    return _state(DELIVERY, state)


def channel_name(channel: str) -> str:
    """By which way it came."""
    return str(Channel(channel).label)


def way_name(way: str) -> str:
    """How it was handed over; empty where it was not."""
    return str(DeliveryWay(way).label) if way else ""


def calendar_said(calendar: str) -> str:
    """By which calendar, or calendars one after the other, it is counted."""
    return shown_calendar(calendar)


def paper_reason_said(reason: str) -> str:
    """Why dossiers were received on paper."""
    return str(PaperReason(reason).label)


def role_said(role: str) -> str:
    """A role by its name; by its id where the product does not know it."""
    known = roles().get(role)
    return role if known is None else known.name.in_language(current_language())


def _state(table: StateTable, state: str) -> str:
    return table.state(state).name.in_language(current_language())
