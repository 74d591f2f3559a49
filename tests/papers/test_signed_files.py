"""The signed file of an issued paper: kept with what its signatures were worth, seen by whoever sees the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cchc.audit.models import AuditEvent
from cchc.files.actions import uncite
from cchc.files.permissions import may_open_file
from cchc.files.sending import Sender
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.papers.actions.issuing import withdraw_paper
from cchc.papers.actions.signed import attach_signed
from cchc.papers.citations import SUBJECTS
from cchc.papers.queries.signed import kept_signed, signed_files
from cchc.papers.signing.reports import SignatureReport
from cchc.records.errors import DomainError
from tests.factories import papers
from tests.factories.files import cited, stored, trusted
from tests.factories.organizations import BY_TESTS, TODAY, official, unit

pytestmark = pytest.mark.django_db
GOOD = SignatureReport(
    "KyTen", "Lê Thị Ẵng", "UBND xã Mẫu", "Gốc", datetime(2026, 11, 23, tzinfo=UTC), None, True, "whole", "trusted"
)
CONTENT = b"%PDF-1.7 signed"


@pytest.fixture
def commune():
    return unit("xa", unit("tinh"))


@pytest.fixture
def head(commune):
    return official("truong", "Trần Văn Dũng", commune)


def attach(paper, head, *reports, content=CONTENT, **more):
    with trusted(content, "01.pdf") as upload:
        return attach_signed(
            **BY_TESTS, paper=paper, upload=replace(upload, **more), sender=Sender(head, None, paper.unit),
            denies_state_secret=True, reports=reports,
        )  # fmt: skip


def refused(code):
    return pytest.raises(DomainError, match=code.replace(".", r"\."))


def test_a_signed_file_is_kept_with_what_its_signatures_say(commune, head):
    paper = papers.issued(commune)
    attach(paper, head, GOOD)
    (kept,) = signed_files(kept_signed(paper))
    assert (kept.signed.standing, kept.reports) == ("good", (GOOD,))
    assert (kept.signed.file.number, kept.signed.file.issued_on) == ("01/BC-UBND", TODAY)
    assert AuditEvent.objects.filter(kind="papers.signed_file_attached").exists()


@pytest.mark.parametrize(("reports", "standing"), [((replace(GOOD, trust="unknown_root"),), "untrusted"), ((), "none")])
def test_what_is_not_trusted_and_what_is_no_digital_signature_is_kept_as_such(commune, head, reports, standing):
    paper = papers.issued(commune)
    assert attach(paper, head, *reports).standing == standing


def test_a_broken_signature_is_never_kept(commune, head):
    paper = papers.issued(commune)
    for broken in (replace(GOOD, is_whole=False), replace(GOOD, covers="part")):
        with refused("papers.signature_broken"):
            attach(paper, head, GOOD, broken)
    assert signed_files(kept_signed(paper)) == []


def test_only_an_issued_paper_has_a_signed_file(commune, head):
    with refused("papers.no"):
        attach(papers.draft(commune), head, GOOD)
    paper = papers.issued(commune)
    withdraw_paper(**BY_TESTS, paper=paper, reason="Nhầm")
    with refused("papers.not_in_force"):
        attach(paper, head, GOOD)


def test_a_workbook_is_no_signed_file_and_the_same_file_counts_once(commune, head):
    paper = papers.issued(commune)
    with refused("papers.no_signed_kind"):
        attach(paper, head, kind="xlsx")
    attach(paper, head, GOOD)
    with refused("papers.signed_already"):
        attach(paper, head, GOOD)


def test_a_better_copy_stands_before_the_earlier_one(commune, head):
    paper = papers.issued(commune)
    attach(paper, head)
    attach(paper, head, GOOD, content=b"%PDF-1.7 better")
    assert [one.signed.standing for one in signed_files(kept_signed(paper))] == ["good", "none"]


def test_whoever_sees_the_paper_opens_its_signed_file(commune, head):
    file = attach(papers.issued(commune), head, GOOD).file
    other = Viewer(TODAY, official("khac", works_in=unit("xa-khac", commune.placements.get().parent)))
    assert may_open_file(other, file)
    assert not may_open_file(Viewer(TODAY), file)


def test_files_are_cited_for_papers_by_those_who_write_or_issue_them(commune, head):
    draft, paper = papers.draft(commune), papers.issued(commune)
    citable, stranger = SUBJECTS["papers.Paper"], Viewer(TODAY, head)
    assert {citable.may_cite(stranger, one).refusal.code for one in (str(draft.pk), "x", "99")} == {
        "papers.paper_not_found"
    }
    assert citable.may_cite(stranger, str(paper.pk)).refusal.code == "papers.issuers_not_allowed"
    named = Link(f"01/BC-UBND {paper.title}", f"/van-ban/{paper.pk}/")
    assert citable.links([str(paper.pk), str(draft.pk)], stranger) == {str(paper.pk): named}


def test_a_signed_file_stays_cited_and_any_other_goes(commune, head):
    paper = papers.issued(commune)
    signed = attach(paper, head, GOOD)
    other = cited(stored(b"%PDF-1.7 annex", by=head), ("papers.Paper", paper.pk))
    with refused("papers.signed_stays"):
        uncite(**BY_TESTS, citation=signed.file.citations.get(), reason="Nhầm")
    assert uncite(**BY_TESTS, citation=other, reason="Nhầm").ended_because == "Nhầm"
