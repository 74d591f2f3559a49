"""Search keys without marks, and the order of a Vietnamese dictionary."""

import string
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc.records.search import fold, sort_key
from tests.support.examples import share_of_examples

TONES = "\u0300\u0309\u0303\u0301\u0323"
VOWELS = "aăâeêioôơuưy"
MARKED = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
# The letters of Unicode Vietnamese that are not ASCII, small and capital: 12 vowels × 5 tones + ă â ê ô ơ ư đ, twice.
LETTERS_134 = [letter for small in (*MARKED, *"ăâêôơưđ") for letter in (small, small.upper())]

# Written in order by hand; a line is a run of neighbours in a dictionary.
ORDERED = """
a | à | ả | ã | á | ạ | a lô | an | An | àn | Án | ăn | Ăn | ẳn | ân | Ân | ấn | ba | Ba | bà | bả | bã | bá
bạ | ban | bàn | băn | bân | cam | căm | câm | Dak | dân | dấu | de | dê | du | dư | Đak | Đăk Hà | Đăk Kôi
Đăk Pnê | Đăk Ruông | Đăk Rve | Đăk Tơ Lung | Đăk Tơ Pan | Đăk Tờ Re | đâu | đầu | đậu | e
é | em | ê | ế | êm | ga | gà | hoa | hòa | hỏa | hóa | họa | hoan | Huế | huyện | i | ì | Kon Plông | Kon Rẫy
Kon Tum | la | lá | Lấp Vò | lê | mo | mô | mồ | mơ | mờ | Ngọc Hồi | nha | nhà | no | nô | nơ | o | ò | ọ | on
ô | ổ | ôn | ơ | ở | ơn | Phường 1 | Phường 2 | Phường 10 | Phường An | quả | Sa Thầy | Tân Lập | Tân Tiến
tinh | tình | tỉnh | tĩnh | tính | tịnh | Trà Vinh | tu | tù | tư | từ | u | ủ | un | ư | ử | ưng | v
Vĩnh Long | xã | Xã | y | ỳ | ỷ | ỹ | ý | ỵ | yêu
"""
GOLDEN = [word.strip() for word in ORDERED.strip().replace("\n", "|").split("|")]

VIETNAMESE = st.text(st.sampled_from("".join(LETTERS_134) + string.ascii_letters + string.digits + " -"), max_size=12)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


class TestFold:
    def test_all_134_letters_become_plain(self) -> None:
        assert len(set(LETTERS_134)) == 134
        for letter in LETTERS_134:
            assert fold(letter) in string.ascii_lowercase, letter
            assert fold(letter) == fold(decomposed(letter))
        assert "".join(sorted({fold(letter) for letter in LETTERS_134})) == "adeiouy"

    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Đăk Tờ Re", "dak to re"),
            ("đĐ", "dd"),
            ("Ðăk Ɖăk ðăk", "dak dak dak"),
            ("ƀuôn", "buon"),
            ("Nguyễn  Thị\tThuý\u00a0Ủy", "nguyen thi thuy uy"),
            ("  UBND   xã ", "ubnd xa"),
            ("hòa", "hoa"),
            ("hoà", "hoa"),
            ("Chỉ số CCHC (%)", "chi so cchc (%)"),
            ("Đăk\u200bTờ", "dakto"),
            ("Straße", "strasse"),
            ("", ""),
            ("1.10", "1.10"),
        ],
    )
    def test_examples(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    @given(st.text())
    @example("\u0345")
    @example("İ")
    @example("ᾳ")
    @example("K\u00c5")
    def test_is_idempotent_and_blind_to_composition(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)
        assert fold(decomposed(text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)

    @given(VIETNAMESE, VIETNAMESE)
    def test_joins_word_by_word(self, left: str, right: str) -> None:
        assert fold(f"{left} {right}") == f"{fold(left)} {fold(right)}".strip()

    @given(VIETNAMESE)
    def test_capitals_and_marks_make_no_difference(self, text: str) -> None:
        assert fold(text.upper()) == fold(text.lower()) == fold(text)
        assert fold(text).isascii()


class TestSortKey:
    @pytest.mark.requirement(128)
    def test_golden_list(self) -> None:
        assert len(GOLDEN) >= 60
        for before, after in pairwise(GOLDEN):
            assert sort_key(before) < sort_key(after), (before, after)
        assert sorted(sorted(GOLDEN), key=sort_key) == GOLDEN

    def test_alphabet(self) -> None:
        alphabet = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
        assert sorted(sorted(alphabet), key=sort_key) == alphabet
        assert sorted((letter.upper() for letter in alphabet), key=sort_key) == [c.upper() for c in alphabet]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("an", "An"),
            ("An", "ân"),
            ("Ba", "bà"),
            ("ba b", "baa"),
            ("ba", "ba b"),
            ("bà ba", "bàn"),
            ("ba-b", "ba1"),
            ("ba b", "ba-b"),
            ("ba9", "baa"),
            ("2", "10"),
            ("10", "010"),
            ("0", "1"),
            ("1" + "0" * 97 + "1", "9" * 99),
            ("2", "2a"),
            ("2a", "10a"),
            ("z", "ж"),
            ("c", "č"),
            ("č", "d"),
            ("zz", "ß"),
            ("", " a"),
        ],
    )
    def test_pairs(self, first: str, second: str) -> None:
        assert sort_key(first) < sort_key(second)

    @given(st.text())
    @example("p\u0300")
    @example("\u0300")
    @example("ư\u0306")
    @example("İ")
    def test_is_digits_and_blind_to_composition(self, text: str) -> None:
        key = sort_key(text)
        assert set(key) <= set(string.digits)
        assert sort_key(decomposed(text)) == sort_key(unicodedata.normalize("NFC", text)) == key

    @settings(max_examples=share_of_examples(5))
    @given(VIETNAMESE, VIETNAMESE)
    def test_is_a_total_order(self, left: str, right: str) -> None:
        """Two texts share a place only when they are the same but for white space."""
        assert (sort_key(left) == sort_key(right)) == (left.split() == right.split())

    @settings(max_examples=share_of_examples(5))
    @given(VIETNAMESE, VIETNAMESE)
    def test_agrees_with_a_slow_comparison(self, left: str, right: str) -> None:
        assert (sort_key(left) < sort_key(right)) == (slow_weights(left) < slow_weights(right))


ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def slow_weights(text: str) -> tuple[list[tuple[int, int]], list[int], list[bool]]:
    """Letters, tones and capitals as Python compares lists, without any packing into digits."""
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    capitals: list[bool] = []
    rest = " ".join(text.split())
    while rest:
        digits = rest[: len(rest) - len(rest.lstrip(string.digits))]
        sign = digits or rest[0]
        rest = rest[len(sign) :]
        marks = set(decomposed(sign)) & set(TONES)
        if digits:
            letters.append((2, int(digits)))
            tones.append(len(digits) - len(digits.lstrip("0")))
        else:
            tones.append(TONES.index(marks.pop()) + 1 if marks else 0)
            bare = "".join(c for c in decomposed(sign.lower()) if c not in TONES)
            letter = unicodedata.normalize("NFC", bare)
            letters.append((3, ALPHABET.index(letter)) if letter in ALPHABET else (" -".index(letter), 0))
        capitals.append(sign.isupper())
    return letters, tones, capitals
