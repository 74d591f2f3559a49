"""Codes of this room in the reader's language."""

from __future__ import annotations

from cchc.feedback.models import Channel, HandOutWay, Occasion
from cchc.feedback.states import HAND_OUT
from cchc.interface.errors import current_language


def occasion_name(occasion: str) -> str:
    """With what a form was handed out."""
    return str(Occasion(occasion).label)


def way_name(way: str) -> str:
    """As what it was handed out."""
    return str(HandOutWay(way).label)


def channel_name(channel: str) -> str:
    """By which way an owner rated."""
    return str(Channel(channel).label)


def state_name(state: str) -> str:
    """Where a form stands."""
    return HAND_OUT.state(state).name.in_language(current_language())
