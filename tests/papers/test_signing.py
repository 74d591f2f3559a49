"""Digital signatures of PDFs: who, whole or changed, trusted or not; with an authority of the suite's own."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from cchc.documents.layout import layout_on
from cchc.documents.model import Document, Issuer
from cchc.documents.pdf_writing import write_pdf
from cchc.files.limits import limits_on
from cchc.papers.signing.asking import signatures_in
from cchc.papers.signing.judging import judge
from cchc.papers.signing.reports import read, standing_of, written
from cchc.papers.signing.trust import trusted_roots
from cchc.records.errors import DomainError, Unreadable
from tests.factories.organizations import NOW, TODAY
from tests.papers.authority import YEAR, apart, root, sign, signer

DAY = timedelta(days=1)


@cache
def paper() -> bytes:
    return write_pdf(Document("report", Issuer("UBND xã Mẫu"), "Thử ký"), layout_on(TODAY).value)


@cache
def signed() -> bytes:
    return sign(paper(), signer())


def reports(content, *roots, moment=NOW):
    return judged(content, [holder.der for holder in roots or [root()]], moment)


def judged(content, roots, moment):
    return apart(judge, content, roots, moment)


def test_a_good_signature_says_who_when_and_what_it_covers():
    (report,) = reports(signed())
    assert (report.signer, report.organization, report.issuer) == ("Lê Thị Ẵng", "UBND xã Mẫu", "Gốc thử nghiệm")
    assert (report.is_whole, report.covers, report.trust, report.standing) == (True, "whole", "trusted", "good")
    assert report.signed_at is not None
    assert report.stamped_at is None
    assert read(written(report)) == report


def test_without_its_root_a_whole_signature_is_not_trusted():
    for roots in ([root("Gốc khác")], []):
        (report,) = judged(signed(), [one.der for one in roots], NOW)
        assert (report.is_whole, report.trust, report.standing) == (True, "unknown_root", "untrusted")


@pytest.mark.parametrize(
    ("since", "until", "trust"),
    [(-YEAR, -DAY, "expired"), (DAY, YEAR, "not_yet_valid"), (-YEAR, DAY, "trusted")],
)
def test_a_certificate_is_judged_by_its_days(since, until, trust):
    (report,) = reports(sign(paper(), signer("Lê Thị Ẵng", "Gốc thử nghiệm", since, until)))
    assert (report.is_whole, report.trust) == (True, trust)


def test_one_byte_changed_breaks_it():
    content = signed()
    at = content.index(b"/MediaBox") + 1
    broken = content[:at] + b"m" + content[at + 1 :]
    (report,) = reports(broken)
    assert (report.is_whole, report.standing) == (False, "broken")


def added(content: bytes) -> bytes:
    """The PDF with another page content appended as a later revision."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/Rotate")] = generic.NumberObject(180)
    writer.update_container(page)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_what_is_changed_after_signing_breaks_it_though_its_own_bytes_are_whole():
    (report,) = reports(added(signed()))
    assert (report.is_whole, report.covers, report.standing) == (False, "before_later_changes", "broken")


def test_a_second_signature_breaks_nothing_and_a_change_between_them_the_first():
    office = signer("Văn thư UBND xã Mẫu")
    both = reports(sign(signed(), office, "DauCoQuan"))
    assert [(one.signer, one.covers, one.standing) for one in both] == [
        ("Lê Thị Ẵng", "before_later_changes", "good"), ("Văn thư UBND xã Mẫu", "whole", "good"),
    ]  # fmt: skip
    between = reports(sign(added(signed()), office, "DauCoQuan"))
    assert [one.standing for one in between] == ["broken", "good"]
    assert standing_of(between) == "broken"
    assert standing_of(both) == "good"


def test_a_file_is_as_good_as_its_worst_signature():
    stranger = signer("Người lạ", "Gốc khác")
    assert standing_of(reports(sign(signed(), stranger, "Thu2"))) == "untrusted"
    assert reports(paper()) == ()
    assert standing_of(()) == "none"


def in_child(content, *roots):
    from tempfile import TemporaryFile

    with TemporaryFile() as source:
        source.write(content)
        source.seek(0)
        return signatures_in(source, [one.der for one in roots], NOW, limits_on(TODAY))


def test_the_process_apart_finds_the_same():
    assert in_child(signed(), root()) == reports(signed())


@pytest.mark.crossing
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing\n%%EOF", b"\x00" * 1000])
def test_what_cannot_be_read_is_refused(content):
    with pytest.raises(Unreadable, match=r"papers\.signatures_unreadable"):
        in_child(content)


def test_a_broken_signature_object_is_no_good_one():
    content = signed()
    at = content.index(b"/Contents<") if b"/Contents<" in content else content.index(b"/Contents <")
    hollow = content[: at + 60] + b"0" * 400 + content[at + 460 :]
    try:
        standings = [one.standing for one in in_child(hollow, root())]
    except Unreadable:
        return
    assert standings == ["broken"]


def test_trusted_roots_are_read_from_their_folder_in_either_form(settings, tmp_path):
    settings.CCHC_TRUST_ROOTS = str(tmp_path / "trust")
    assert trusted_roots() == []
    (tmp_path / "trust").mkdir()
    first, second = root(), root("Gốc khác")
    (tmp_path / "trust" / "a.pem").write_bytes(first.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "trust" / "b.cer").write_bytes(second.der)
    (tmp_path / "trust" / "README.txt").write_text("not one")
    assert trusted_roots() == [first.der, second.der]
    (tmp_path / "trust" / "c.crt").write_text("nonsense")
    with pytest.raises(DomainError, match="not_a_certificate") as caught:
        trusted_roots()
    assert caught.value.problems[0].place.file == "c.crt"
