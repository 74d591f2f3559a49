"""Templates with versions by date, the library of bases, drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cchc.audit.models import AuditEvent
from cchc.documents.blocks import Table
from cchc.documents.text import plain
from cchc.organizations.actions.units import Standing, place_unit
from cchc.papers.actions.bases import change_basis
from cchc.papers.actions.drafts import change_draft, discard_draft, draft_paper, renew_values
from cchc.papers.actions.templates import write_version
from cchc.papers.composing import Texts, draft_document
from cchc.papers.queries.bases import bases_for, citations_of, doubts, doubts_about
from cchc.papers.queries.templates import history, version_on, versions_for
from cchc.records.errors import DomainError
from cchc.records.sources import Validity
from tests.factories import papers
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, unit

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def province():
    return unit("tinh", name="tỉnh Mẫu")


@pytest.fixture
def commune(province):
    return unit("xa", province, name="xã Đăk Ẵng")


def refused(code):
    return pytest.raises(DomainError, match=code.replace(".", r"\."))


@pytest.mark.requirement(94)
def test_a_draft_from_a_template_speaks_of_its_unit_and_leaves_number_and_day_blank(province, commune):
    unit("phong", commune, name="Phòng Kinh tế")
    version = version_on(papers.template(province), TODAY)
    draft = draft_paper(**BY_TESTS, unit=commune, kind="report", template=version)
    document = draft_document(draft, [], TODAY)
    assert document.summary == "Kết quả cải cách hành chính năm 2026 của xã Đăk Ẵng"
    assert (document.issuer.body, document.place) == ("Ủy ban nhân dân xã Đăk Ẵng", "Đăk Ẵng")
    assert (document.number.value, document.on, document.is_draft) == (None, 2026, True)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.rows == ((1, "Phòng Kinh tế", "Văn phòng, phòng chuyên môn"),) or table.rows[0][1] == "Phòng Kinh tế"
    assert draft.title == "Báo cáo Kết quả cải cách hành chính năm 2026 của xã Đăk Ẵng"


def test_an_office_names_the_committee_above_it(commune):
    draft = draft_paper(**BY_TESTS, unit=unit("phong", commune, name="Phòng Kinh tế"), kind="letter")
    assert (draft.issuer, draft.superior, draft.place) == (
        "Phòng Kinh tế", "Ủy ban nhân dân xã Đăk Ẵng", "Đăk Ẵng",
    )  # fmt: skip


def test_an_unknown_name_is_refused_when_a_template_is_saved(province):
    with refused("papers.unknown_name") as caught:
        papers.template(province, texts=replace(papers.TEXTS, text="một\nhai {unit.nmae}", summary="{x}"))
    assert [found.place.line for found in caught.value.problems] == [1, 2]


def test_versions_hold_one_after_another_and_drafts_keep_theirs(province, commune):
    template = papers.template(province)
    first = version_on(template, TODAY)
    second = write_version(
        **BY_TESTS, template=template, name="Báo cáo năm (mới)", texts=Texts("Mới", "", "Mới."), starts_on=NEW_YEAR
    )
    assert [(one.name, one.starts_on, one.ends_on) for one in history(template)] == [
        ("Báo cáo năm (mới)", NEW_YEAR, None), ("Báo cáo năm", LONG_AGO, NEW_YEAR - timedelta(days=1)),
    ]  # fmt: skip
    assert list(versions_for(commune, NEW_YEAR - timedelta(days=1))) == [first]
    assert list(versions_for(commune, NEW_YEAR)) == [second]
    draft = draft_paper(**BY_TESTS, unit=commune, kind="report", template=second)
    again = {**BY_TESTS, "template": template, "name": "x", "texts": papers.TEXTS, "starts_on": NEW_YEAR}
    with refused("papers.template_in_use"):
        write_version(**again)
    assert draft.summary == "Mới"


def test_a_version_nobody_used_is_written_anew_on_its_first_day(province):
    template = papers.template(province)
    write_version(**BY_TESTS, template=template, name="Sửa", texts=papers.TEXTS, starts_on=LONG_AGO)
    assert [one.name for one in history(template)] == ["Sửa"]


def test_templates_and_bases_reach_down_and_not_aside(province, commune):
    other = unit("xa-khac", province)
    template, basis = papers.template(commune), papers.basis(commune)
    shared = papers.basis(province, "61/2018/NĐ-CP")
    assert list(versions_for(other, TODAY)) == []
    assert [one.template for one in versions_for(commune, TODAY)] == [template]
    assert list(bases_for(other, TODAY)) == [shared]
    assert set(bases_for(commune, TODAY)) == {basis, shared}


def test_two_who_edit_the_same_draft_do_not_overwrite_each_other(commune):
    draft = papers.draft(commune)
    given = {**BY_TESTS, "paper": draft, "frame": papers.FRAME, "bases": []}
    change_draft(**given, texts=replace(papers.TEXTS, summary="Một"), expected_version=draft.version)
    with refused("papers.paper_stale"):
        change_draft(**given, texts=replace(papers.TEXTS, summary="Hai"), expected_version=draft.version)


def test_saving_a_draft_as_it_is_leaves_no_event(commune):
    draft = papers.draft(commune)
    before = AuditEvent.objects.count()
    change_draft(**BY_TESTS, paper=draft, texts=papers.TEXTS, frame=papers.FRAME, bases=[])
    assert AuditEvent.objects.count() == before


def test_values_are_those_of_the_day_of_drafting_until_they_are_renewed(commune, province):
    draft = papers.draft(commune)
    place_unit(**BY_TESTS, unit=commune, standing=Standing("commune", "xã Mới", province), starts_on=TODAY)
    assert "xã Đăk Ẵng" in draft_document(draft, [], TODAY).summary
    assert "xã Mới" in draft_document(renew_values(**BY_TESTS, paper=draft), [], TODAY).summary


def test_a_discarded_draft_has_a_reason_and_stays_so(commune):
    draft = papers.draft(commune)
    with refused("papers.no_reason"):
        discard_draft(**BY_TESTS, paper=draft, reason=" ")
    gone = discard_draft(**BY_TESTS, paper=draft, reason="Trùng")
    assert (gone.state, gone.number, gone.because) == ("discarded", None, "Trùng")
    with refused("papers.no_draft_any_more"):
        change_draft(**BY_TESTS, paper=draft, texts=papers.TEXTS, frame=papers.FRAME, bases=[])


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"on_behalf": "Chủ tịch"}, "papers.not_on_behalf"),
        ({"symbol": "BC UBND"}, "papers.no_symbol"),
        ({"symbol": "1/BC"}, "papers.no_symbol"),
        ({"symbol": ""}, "papers.no_symbol"),
        ({"issuer": " "}, "papers.no_symbol"),
    ],
)
def test_what_a_frame_must_hold(commune, frame, code):
    with refused(code):
        papers.draft(commune, frame=replace(papers.FRAME, **frame))


@pytest.mark.requirement(95)
def test_bases_are_cited_in_their_order_as_the_decree_wants(province, commune):
    law = papers.basis(
        province, "72/2025/QH15", kind="law", title="Tổ chức chính quyền địa phương", issuer="Quốc hội",
        issued_on=date(2025, 6, 16), validity=Validity(date(2025, 6, 16)),
    )  # fmt: skip
    draft = papers.draft(commune, law, papers.basis(province))
    assert citations_of(draft) == [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
    ]
    lines = [plain(block.words) for block in draft_document(draft, citations_of(draft), TODAY).blocks[:2]]
    assert lines[0].endswith("năm 2025;")
    assert lines[1].endswith("văn thư.")


@pytest.mark.requirement(95)
@pytest.mark.parametrize(
    ("start", "end", "day", "codes"),
    [
        (date(2020, 1, 1), None, date(2020, 1, 1), []),
        (date(2020, 1, 1), None, date(2019, 12, 31), ["papers.basis_not_yet"]),
        (date(2020, 1, 1), date(2020, 6, 30), date(2020, 6, 30), []),
        (date(2020, 1, 1), date(2020, 6, 30), date(2020, 7, 1), ["papers.basis_expired"]),
    ],
)
def test_a_basis_is_doubted_outside_its_days(province, start, end, day, codes):
    basis = papers.basis(province, issued_on=date(2019, 1, 1), validity=Validity(start, end))
    assert [doubt.what.code for doubt in doubts(basis, day)] == codes


def test_a_draft_is_warned_of_expired_replaced_and_unverified_bases(province, commune):
    old = papers.expired(province)
    new = papers.basis(province, verified=False)
    ended = papers.facts(
        old.number, issued_on=old.issued_on, validity=Validity(old.starts_on, old.ends_on)
    )  # fmt: skip
    change_basis(**BY_TESTS, basis=old, facts=ended, replaced_by=new)
    found = doubts_about(papers.draft(commune, old, new), TODAY)
    assert [(doubt.what.code, doubt.is_out_of_force) for doubt in found] == [
        ("papers.basis_expired_replaced", True), ("papers.basis_unverified", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "papers.basis_incomplete"),
        ({"issuer": ""}, "papers.basis_incomplete"),
        ({"kind": "gossip"}, "papers.basis_incomplete"),
        ({"title": "x" * 301}, "papers.basis_too_long"),
        ({"validity": Validity(date(2020, 3, 4))}, "papers.in_force_before_issued"),
    ],
)
def test_what_a_basis_must_hold(province, changes, code):
    with refused(code):
        papers.basis(province, **changes)
    with refused("papers.basis_incomplete"):
        papers.basis(province, "")


def test_a_basis_stands_once_in_a_library_and_nothing_replaces_itself(province):
    basis, other = papers.basis(province), papers.basis(province, "61/2018/NĐ-CP")
    with refused("papers.basis_there"):
        papers.basis(province)
    change_basis(**BY_TESTS, basis=basis, facts=papers.facts(), replaced_by=other)
    for replacement in (other, basis):
        with refused("papers.basis_replaces_itself"):
            change_basis(**BY_TESTS, basis=other, facts=papers.facts("61/2018/NĐ-CP"), replaced_by=replacement)
    with refused("papers.basis_stale"):
        change_basis(**BY_TESTS, basis=basis, facts=papers.facts(verified=False), expected_version=1)
