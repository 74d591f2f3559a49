"""Kinds of events of this room: one for every step of a letter, mistakes, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.apologies.states import LETTER
from cchc.records.text import LocalText

MISTAKE_RECORDED: Final = "apologies.mistake_recorded"
LETTER_BEGUN: Final = "apologies.letter_begun"
WARNED: Final = "apologies.warned"
OF_LETTERS: Final[Mapping[str, str]] = {step.id: f"apologies.letter_{step.id}" for step in LETTER.steps}

KINDS: Final[Mapping[str, LocalText]] = {
    MISTAKE_RECORDED: LocalText("Ghi nhận sai sót", "Mistake recorded"),
    LETTER_BEGUN: LocalText("Soạn văn bản xin lỗi", "Letter of apology drafted"),
    WARNED: LocalText("Nhắc ngày hẹn, văn bản xin lỗi", "Told of an appointment or a letter"),
    **{
        OF_LETTERS[step.id]: LocalText(f"Văn bản xin lỗi: {step.name.vi}", f"Letter of apology: {step.name.en}")
        for step in LETTER.steps
    },
}
