"""Two-language text, one composed form, and what nobody sees."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cchc.records.text import INVISIBLE, LocalText, nfc, one_line, visible


def test_english_falls_back_on_vietnamese() -> None:
    both, one = LocalText("Tốt", "Good"), LocalText("Tốt")
    assert [both.in_language("vi"), both.in_language("en"), str(both)] == ["Tốt", "Good", "Tốt"]
    assert [one.in_language("vi"), one.in_language("en"), str(one)] == ["Tốt", "Tốt", "Tốt"]
    assert LocalText("Tốt", "").in_language("en") == "Tốt"


@given(st.text())
def test_composed_text_is_one_form(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == nfc(text) == nfc(nfc(text))


def test_every_character_nobody_sees_is_refused() -> None:
    """Against the Unicode database: controls, separators, half pairs, formatting characters of the basic plane."""
    kept = {"\t", "\n", "\r"}
    script_marks = {chr(c) for c in range(0x0600, 0x08E3)}  # Arabic number signs: seen or harmless
    for character in map(chr, range(0x10000)):
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp", "Cf"} and character not in kept | script_marks:
            assert INVISIBLE.search(character), hex(ord(character))
    for letter in "aĐđểữ \t\n\r\u00a0\u0301\u0323“”–€𝒳":
        assert not INVISIBLE.search(letter)


def test_what_is_kept_of_a_text_is_what_is_seen() -> None:
    assert visible("Lê\u200b Văn\u202e\nBa\0") == "Lê Văn\nBa"
    assert one_line(" Lê\u00a0 Văn\r\n\tBa\ufeff ") == "Lê Văn Ba"
