"""Where a photo was taken: kept or removed by a dated rule, and told on the page of the file."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from cchc.audit.testing import unrecorded_for_tests
from cchc.files.examining.positions import position_alone
from cchc.files.models import Position, StoredFile
from cchc.files.receiving import received
from cchc.files.rules import read_rules, rules_on
from cchc.records.errors import DomainError, Unreadable
from tests.factories.clients import client_of
from tests.factories.files import stored
from tests.factories.organizations import NOW, TODAY, official
from tests.files.samples import has_position, heic, image, pdf, photo

GPS = 0x8825
KEEP = """rules:
  - valid: {from: 2026-01-01, to: 2026-11-23}
    source: {document: "Quyết định 12/QĐ-UBND", on: 2025-12-20}
    verified: true
    image_position: keep
  - valid: {from: 2026-11-24}
    source: {document: "Quyết định 99/QĐ-UBND", on: 2026-11-20}
    verified: true
    image_position: strip
"""
PLACE = {1: "N", 2: (14, 21, 30), 3: "E", 4: (108, 0, 5)}


@pytest.fixture
def kept_until_today(settings, tmp_path):
    own = tmp_path / "quy-dinh-tep.yaml"
    own.write_text(KEEP, encoding="utf-8")
    settings.CCHC_FILE_RULES = str(own)
    return own


def place_in(content: bytes) -> dict[int, object]:
    with Image.open(BytesIO(content)) as opened:
        return dict(opened.getexif().get_ifd(GPS))


def sent(content: bytes, day: date = TODAY) -> tuple[str, bytes]:
    with received(BytesIO(content), "anh", day) as upload:
        return upload.position, upload.path.read_bytes()


def exact(given: dict[int, object]) -> dict[int, object]:
    """As a file has it: with fractions for numbers."""
    return {
        tag: tuple(IFDRational(part) for part in value) if isinstance(value, tuple) else value
        for tag, value in given.items()
    }


def located(kind: str, **options: object) -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "Máy ảnh của Lò Văn Ẵng"
    exif.get_ifd(GPS).update(exact(PLACE))
    return image(kind, exif=exif, **options)


@pytest.mark.parametrize("make", [photo, heic, lambda: located("PNG"), lambda: located("WEBP")])
def test_as_shipped_the_place_is_removed(make):
    assert has_position(make())
    position, content = sent(make())
    assert position == "removed"
    assert not has_position(content)


@pytest.mark.parametrize("make", [photo, heic, lambda: located("PNG"), lambda: located("WEBP")])
def test_where_a_rule_keeps_it_the_place_stays_and_nothing_else(kept_until_today, make):
    assert has_position(make())
    position, content = sent(make())
    assert position == "kept"
    assert place_in(content) == place_in(make())
    with Image.open(BytesIO(content)) as opened:
        assert set(opened.getexif()) == {GPS}
    assert "Lò Văn Ẵng".encode() not in content


def test_the_rule_of_the_day_counts(kept_until_today):
    assert sent(photo(), date(2026, 11, 23))[0] == "kept"
    assert sent(photo(), date(2026, 11, 24))[0] == "removed"
    with pytest.raises(DomainError, match="not_in_force"):
        sent(photo(), date(2025, 12, 31))


@pytest.mark.long
def test_what_tells_no_place_says_so_under_either_rule(kept_until_today):
    for day in (date(2026, 11, 23), date(2026, 11, 24)):
        assert sent(image("JPEG"), day)[0] == "none"
        assert sent(pdf(), day)[0] == ""


def test_of_a_place_that_is_none_nothing_stays(kept_until_today):
    exif = Image.Exif()
    exif.get_ifd(GPS).update(exact(PLACE | {2: (91, 0, 0)}))
    position, content = sent(image(exif=exif))
    assert (position, place_in(content)) == ("removed", {})


@pytest.mark.parametrize(
    ("change", "is_a_place"),
    [
        ({}, True), ({2: (90, 0, 0)}, True), ({2: (90, 0, 1)}, False), ({1: "S"}, True), ({1: "X"}, False),
        ({4: (180, 0, 0)}, True), ({4: (180, 1, 0)}, False), ({3: "W"}, True), ({3: "NE"}, False), ({3: ""}, False),
        ({2: (14, 59, 59)}, True), ({2: (14, 60, 0)}, False), ({2: (14, 0, 60)}, False), ({2: (-1, 0, 0)}, False),
        ({2: (0, 0, 0)}, True), ({2: (14, 21)}, False), ({2: 14}, False), ({2: b"14"}, False), ({2: None}, False),
    ],
)  # fmt: skip
def test_what_is_a_place_on_earth(change, is_a_place):
    assert (position_alone(exact(PLACE | change)) is not None) is is_a_place


def test_half_a_place_or_a_fraction_of_nothing_is_none():
    assert position_alone({tag: value for tag, value in exact(PLACE).items() if tag != 4}) is None
    assert position_alone(PLACE | {2: (IFDRational(14, 0), IFDRational(0), IFDRational(0))}) is None
    assert position_alone({}) is None


@pytest.mark.parametrize(
    ("height", "side", "kept"),
    [(IFDRational(1520), b"\0", b"\0"), (IFDRational(3), b"\x01", b"\x01"), (IFDRational(99_999), 7, b"\0"),
     (IFDRational(100_000), b"\0", None)],
)  # fmt: skip
def test_the_altitude_goes_along_where_it_makes_sense(height, side, kept):
    found = position_alone(exact(PLACE) | {5: side, 6: height})
    assert found is not None
    assert found.get_ifd(GPS).get(5) == kept
    assert found.get_ifd(GPS).get(6) == (height if kept else None)


def test_other_facts_of_the_place_do_not_stay():
    more = {7: (IFDRational(8), IFDRational(0), IFDRational(0)), 27: b"ASCII\0\0\0CELLID", 29: "2026:11:23"}
    assert set(position_alone(exact(PLACE) | more).get_ifd(GPS)) == set(PLACE)


def refused(text: str) -> str:
    with pytest.raises(DomainError) as caught:
        read_rules(text.encode(), "own.yaml")
    return caught.value.code


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("image_position: keep", "image_position: maybe", "records.not_one_of"),
        ("image_position: keep", "image_position: true", "records.not_one_of"),
        ("    image_position: keep\n", "", "records.missing_key"),
        ("    verified: true\n    image_position: keep", "    image_position: keep", "records.missing_key"),
        ('    source: {document: "Quyết định 12/QĐ-UBND", on: 2025-12-20}\n', "", "records.missing_key"),
        ("image_position: keep", "image_position: keep\n    video: keep", "records.unknown_key"),
        ("from: 2026-11-24", "from: 2026-11-23", "records.validities_overlap"),
        ("from: 2026-11-24", "from: 2026-11-25", "records.validities_gap"),
        ("rules:", "rule:", "records.missing_key"),
    ],
)
def test_a_file_that_is_unclear_is_refused(old, new, code):
    assert old in KEEP
    assert refused(KEEP.replace(old, new, 1)) == code


def test_the_rule_that_ships_removes_with_its_source(settings, tmp_path):
    for day, document in ((date(2025, 1, 1), "Nghị định 13/2023/NĐ-CP"), (date(2026, 1, 1), "91/2025/QH15")):
        rule = rules_on(day)
        assert not rule.value.keeps_position
        assert document in rule.source.document and rule.verification.doubt and rule.verification.doubt_en
    with pytest.raises(DomainError, match="not_in_force"):
        rules_on(date(2024, 12, 31))
    settings.CCHC_FILE_RULES = str(tmp_path / "missing.yaml")
    with pytest.raises(Unreadable, match="rules_unreadable"):
        rules_on(TODAY)


def page_of(file: StoredFile, person) -> str:
    return client_of(person).get(f"/tep/{file.pk}/").content.decode()


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
@pytest.mark.long
def test_the_page_of_a_file_tells_what_was_done_and_by_which_rule():
    hoa = official("hoa")
    removed, none, paper = (stored(content, "a", hoa) for content in (photo(), image("PNG"), pdf()))
    assert (removed.position, none.position, paper.position) == (Position.REMOVED, Position.NONE, "")
    told = page_of(removed, hoa)
    assert "Đã xóa khỏi ảnh trước khi lưu." in told and "91/2025/QH15, 26/06/2025; áp dụng từ 01/01/2026" in told
    assert "tỉnh cần quyết định" in told
    assert "Ảnh khi gửi không ghi vị trí chụp." in page_of(none, hoa)
    assert "Vị trí chụp" not in page_of(paper, hoa)
    with unrecorded_for_tests():  # from before it was noted
        StoredFile.objects.filter(pk=removed.pk).update(position="")
    assert "chỉ điểm ảnh được lưu" in page_of(removed, hoa)


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_the_page_tells_that_the_place_stays_and_so_does_the_form(kept_until_today, settings):
    hoa = official("hoa")
    file = stored(photo(), "a", hoa)
    assert file.position == Position.KEPT
    told = page_of(file, hoa)
    assert "Giữ trong ảnh như máy ảnh đã ghi" in told and "Quyết định 12/QĐ-UBND, 20/12/2025" in told
    assert "vị trí chụp được giữ trong ảnh" in client_of(hoa).get("/tep/tai-len/").content.decode()
    start, _, later = KEEP.partition("  - valid: {from: 2026-01-01")
    _, begin, rest = later.partition("  - valid: {from: 2026-11-24")
    kept_until_today.write_text(start + begin + rest, encoding="utf-8")  # nothing is said of that day any more
    assert "Giữ trong ảnh như máy ảnh đã ghi" in page_of(file, hoa)
    settings.CCHC_FILE_RULES = ""
    assert "vị trí chụp được giữ trong ảnh" not in client_of(hoa).get("/tep/tai-len/").content.decode()
