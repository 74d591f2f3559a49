"""Procedures as pages show them, in the reader's language."""

from __future__ import annotations

from cchc.interface.errors import current_language
from cchc.procedures.states import VERSION
from cchc.records.errors import Message
from cchc.records.words import say


def level_name(id_: str) -> str:
    """What a level is called."""
    return say(Message(f"procedures.level_{id_}"), current_language())


def mechanism_name(id_: str) -> str:
    """What a mechanism is called."""
    return say(Message(f"procedures.mechanism_{id_}"), current_language())


def online_name(id_: str) -> str:
    """What an online level is called."""
    return say(Message(f"procedures.online_{id_}"), current_language())


def state_name(id_: str) -> str:
    """What a state of a version is called."""
    return VERSION.state(id_).name.in_language(current_language())
