"""Every code of the room has its sentence, in both languages, with a next step; none is left over."""

from __future__ import annotations

import re
from pathlib import Path

import cchc.tables
from cchc.records.words import sentences

SOURCE = Path(cchc.tables.__file__).parent


def test_codes_and_words_match() -> None:
    used = {
        code for path in SOURCE.glob("*.py") for code in re.findall(r'"(tables\.[a-z_0-9]+)"', path.read_text("utf-8"))
    }
    assert used == set(sentences("tables"))


def test_every_sentence_is_complete() -> None:
    for code, sentence in sentences("tables").items():
        assert sentence.text.vi, code
        assert sentence.text.en, code
        assert sentence.next_step, code
        assert sentence.next_step.en, code
        assert set(re.findall(r"{\w+}", sentence.text.vi)) == set(re.findall(r"{\w+}", sentence.text.en)), code
