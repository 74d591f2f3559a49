"""A unit issues within its own area and to those it supervises; elsewhere it is refused plainly, page and action."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from cchc.followups.actions.correcting import correct_directive
from cchc.followups.actions.directives import Paper, address_directive
from cchc.followups.models import Addressee, Directive, Task
from cchc.followups.queries.directives import kinds_reached, units_of_kinds
from cchc.followups.queries.issuing import not_reached_by
from cchc.interface.hosting.picking import get_pick_kind, likely
from cchc.organizations.actions.units import give_supervision, reorganize
from cchc.organizations.kinds import governs, unit_kinds
from cchc.organizations.viewers import viewer_of
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.followups import directive, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, official, unit, unsaved_account
from tests.factories.registers import entry, register
from tests.factories.registers import given as given_by_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BACK = TODAY - DAY


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def places(people):
    """Two provinces: in one a department, offices of it and of a commune; a vertical agency supervises elsewhere."""
    abroad = unit("tinh-khac", name="tỉnh Khác")
    places = {one.code: one for one in (people.province, people.office, people.commune, people.other, abroad)}
    so = unit("so", people.province, "department", "Sở Mẫu")
    for made in (
        so,
        unit("phong-so", so, "office", "Phòng của Sở"),
        unit("vp-xa", people.commune, "office", "Văn phòng xã"),
        unit("mot-cua", people.other, "one_stop", "Một cửa xã Hai"),
        unit("xa-la", abroad, "commune", "xã Lạ"),
        unit("vp-la", abroad, "office", "Văn phòng tỉnh Khác"),
    ):
        places[made.code] = made
    return places


def test_what_governs_an_area():
    governing = {id_ for id_, dated in unit_kinds().items() if governs(dated.value)}
    assert governing == {"province", "district", "township", "commune", "ward", "special_zone"}


@pytest.mark.parametrize(
    ("issuer", "reached"),
    [
        ("tinh", {"tinh", "van-phong", "xa-mot", "xa-hai", "so", "phong-so", "vp-xa", "mot-cua"}),
        ("van-phong", {"tinh", "van-phong", "xa-mot", "xa-hai", "so", "phong-so", "vp-xa", "mot-cua"}),
        ("so", {"tinh", "van-phong", "xa-mot", "xa-hai", "so", "phong-so", "vp-xa", "mot-cua"}),
        ("phong-so", {"tinh", "van-phong", "xa-mot", "xa-hai", "so", "phong-so", "vp-xa", "mot-cua"}),
        ("xa-mot", {"xa-mot", "vp-xa"}),
        ("vp-xa", {"xa-mot", "vp-xa"}),
        ("mot-cua", {"xa-hai", "mot-cua"}),
        ("tinh-khac", {"tinh-khac", "xa-la", "vp-la"}),
        ("xa-la", {"xa-la"}),
    ],
)
def test_where_the_word_of_each_unit_goes(places, issuer, reached):
    out = {one.code for one in not_reached_by(places[issuer], list(places.values()), TODAY)}
    assert out == places.keys() - reached


def test_supervision_reaches_what_stands_under_it_on_its_days_only(places):
    give_supervision(
        **BY_TESTS, supervisor=places["van-phong"], unit=places["xa-la"], starts_on=BACK, ends_on=TODAY,
        source=Source("Quyết định 2"),
    )  # fmt: skip
    inner = unit("vp-xa-la", places["xa-la"], "office", "Văn phòng xã Lạ")
    wanted = [places["xa-la"], inner, places["vp-la"]]
    assert not_reached_by(places["van-phong"], wanted, TODAY) == [places["vp-la"]]
    assert not_reached_by(places["van-phong"], wanted, BACK) == [places["vp-la"]]
    assert not_reached_by(places["van-phong"], wanted, TODAY + DAY) == wanted, "it is over"
    assert not_reached_by(places["van-phong"], wanted, BACK - DAY) == wanted, "it has not begun"
    assert not_reached_by(places["tinh"], wanted, TODAY) == wanted, "another supervises"


def test_where_a_unit_or_the_issuer_is_gone_what_carries_it_on_counts(people):
    new = unit("xa-moi", people.province, name="xã Mới", starts_on=TODAY)
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[people.other], successors=[new], effective_on=TODAY,
        source=Source("Nghị quyết 1"),
    )  # fmt: skip
    assert not_reached_by(people.office, [people.other], TODAY) == []
    assert not_reached_by(people.commune, [people.other], TODAY) == [people.other]
    assert not_reached_by(people.other, [new, people.commune], TODAY) == [people.commune]


def test_the_actions_refuse_owner_addressee_and_watcher_out_of_reach_and_write_nothing(people, places):
    official("la0", "Đỗ Lạ", places["xa-la"], is_head=True)
    sent = directive(people.office, [people.commune])
    for attempt in (
        lambda: directive(people.commune, [people.office], number="1"),
        lambda: directive(people.commune, [places["vp-xa"]], people.office, number="1"),
        lambda: directive(people.office, [people.commune, places["xa-la"]], number="1"),
        lambda: address_directive(**BY_TESTS, directive=sent, addressees=[places["xa-la"]]),
        lambda: task(places["xa-la"], None, people.office, subject=sent),
        lambda: task(people.commune, None, places["vp-la"], subject=sent),
    ):
        with pytest.raises(DomainError, match="not_under_issuer"):
            attempt()
    assert Directive.objects.count() == 1 and Addressee.objects.count() == 1 and Task.objects.count() == 0
    assert task(people.commune, None, people.office, subject=sent).owner == people.commune


def test_whom_the_word_reaches_no_longer_can_be_taken_off_but_is_given_nothing_more(people, places):
    given = give_supervision(
        **BY_TESTS, supervisor=people.office, unit=places["xa-la"], starts_on=BACK, ends_on=TODAY,
        source=Source("Quyết định 2"),
    )  # fmt: skip
    official("la0", "Đỗ Lạ", places["xa-la"], is_head=True)
    sent = directive(people.office, [people.commune, places["xa-la"]])
    later = {"now": NOW + DAY}
    with pytest.raises(DomainError, match="not_under_issuer"):
        task(places["xa-la"], None, people.office, subject=sent, **later)
    assert given.ends_on == TODAY and task(people.commune, None, people.office, subject=sent, **later)
    paper = Paper(sent.number, sent.issued_on, sent.issued_by, sent.title)
    correct_directive(
        **BY_TESTS | later, directive=sent, expected_version=1, paper=paper, reason="Thôi theo dõi",
        removed=[places["xa-la"]],
    )  # fmt: skip
    assert [one.unit for one in Addressee.objects.filter(directive=sent)] == [people.commune]


def test_the_keeper_of_a_register_gives_within_its_reach_only(people):
    row = entry(register(people.commune), people.commune)
    with pytest.raises(DomainError, match="not_under_issuer"):
        given_by_entry(row, people.office)
    assert not Task.objects.exists()
    row = entry(register(people.office, title="Sổ khác"), people.commune)
    assert given_by_entry(row, people.commune).owner == people.commune


def test_a_commune_gives_the_provincial_office_nothing_through_the_pages(people, places):
    clerk = client_of(people.clerk)
    typed = {
        "number": "9/UBND", "issued_on": "23/11/2026", "issued_by": "UBND xã", "title": "Việc của tỉnh",
        "units": "van-phong", "watcher": "xa-mot", "signer": "", "legal_basis": "",
    }  # fmt: skip
    address = "/van-ban-chi-dao/them/xa-mot/"
    refused = clerk.post(address, typed)
    page = refused.content.decode()
    assert refused.status_code == 422 and "Việc của tỉnh" in page and not Directive.objects.exists()
    assert "không được gửi văn bản chỉ đạo, giao việc hoặc giao theo dõi cho: Văn phòng UBND tỉnh" in page
    assert "đề nghị cơ quan cấp trên chung ban hành văn bản" in page
    english = clerk.post(f"/en{address}", typed).content.decode()
    assert "may neither send directives and tasks to these units" in english
    assert clerk.post(address, typed | {"units": "vp-xa"}).status_code == 302
    made = Directive.objects.get()
    order = {
        "what": "Làm thay", "everyone": "", "owners": "van-phong", "working_days": "5", "watcher": "xa-mot",
        "due_on": "", "leader": "", "legal_basis": "",
    }  # fmt: skip
    refused = clerk.post(f"/van-ban-chi-dao/{made.pk}/giao-viec/", order)
    assert refused.status_code == 422 and "Văn phòng UBND tỉnh" in refused.content.decode()
    more = clerk.post(f"/van-ban-chi-dao/{made.pk}/them-noi-nhan/", {"units": "van-phong"})
    assert more.status_code == 422 and not Task.objects.exists() and Addressee.objects.count() == 1


@pytest.mark.requirement(68)
@pytest.mark.parametrize(("issuer", "far"), [("xa-mot", {"tinh", "van-phong", "xa-la"}), ("van-phong", {"xa-la"})])
def test_only_units_that_will_be_accepted_are_offered(people, places, issuer, far):
    viewer = viewer_of(unsaved_account(people.officer), TODAY)
    kind = get_pick_kind(f"followups.unit_reached:{issuer}")
    offered = [one.subject for one in likely(kind, viewer, "")]
    assert offered and not_reached_by(places[issuer], offered, TODAY) == []
    assert far.isdisjoint(one.code for one in offered)
    assert [one.value for one in likely(kind, viewer, "xã Lạ")] == ["xa-la"], "named whole: the refusal says why"
    assert likely(kind, viewer, "xã L") == []
    assert likely(get_pick_kind("followups.unit_reached:khong-co"), viewer, "") == ()


@pytest.mark.requirement(68)
def test_a_former_name_is_offered_where_what_carries_it_on_is_within_reach(people):
    new = unit("xa-moi", people.province, name="xã Mới", starts_on=TODAY)
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[people.other], successors=[new], effective_on=TODAY,
        source=Source("Nghị quyết 1"),
    )  # fmt: skip
    viewer, former = viewer_of(unsaved_account(people.officer), TODAY), people.other.placements.get().name_vi
    for issuer, found in ((people.office, ["xa-moi"]), (people.commune, [])):
        kind = get_pick_kind(f"followups.unit_reached:{issuer.code}")
        assert [one.value for one in likely(kind, viewer, former)] == found


@pytest.mark.requirement(68)
def test_every_form_that_names_whom_a_word_reaches_offers_those_alone(people):
    made, kept = directive(people.office, [people.commune]), register(people.office)
    given = entry(kept, people.commune)
    officer = client_of(people.officer)
    for address, number in (
        ("/van-ban-chi-dao/them/van-phong/", 2),
        (f"/van-ban-chi-dao/{made.pk}/them-noi-nhan/", 1),
        (f"/van-ban-chi-dao/{made.pk}/giao-viec/", 2),
        (f"/so-theo-doi/dong/{given.pk}/giao-viec/", 2),
    ):
        page = officer.get(address)
        assert page.status_code == 200, address
        assert page.content.decode().count("/chon/followups.unit_reached:van-phong/") == number, address


@pytest.mark.parametrize(
    ("issuer", "kinds"),
    [
        ("tinh", {"commune": 2, "department": 1, "office": 3, "one_stop": 1}),
        ("van-phong", {"commune": 2, "department": 1, "office": 2, "one_stop": 1}),
        ("so", {"commune": 2, "office": 3, "one_stop": 1}),
        ("vp-xa", {}),
        ("xa-mot", {"office": 1}),
    ],
)
def test_all_units_of_a_kind_are_those_that_the_word_reaches(places, issuer, kinds):
    assert dict(kinds_reached(places[issuer], TODAY)) == kinds
    chosen = units_of_kinds(places[issuer], list(kinds), TODAY)
    assert len(chosen) == sum(kinds.values()) and not_reached_by(places[issuer], chosen, TODAY) == []
    assert places[issuer] not in chosen and places["tinh"] not in chosen


def test_what_a_unit_supervises_elsewhere_is_of_a_kind_too(places):
    give_supervision(
        **BY_TESTS, supervisor=places["vp-xa"], unit=places["xa-la"], starts_on=BACK, source=Source("Quyết định 2")
    )
    assert dict(kinds_reached(places["vp-xa"], TODAY)) == {"commune": 1}


def test_an_office_is_offered_the_kinds_of_its_area(people, places):
    page = client_of(people.officer).get("/van-ban-chi-dao/them/van-phong/")
    assert [name for name, _ in page.context["form"].fields["kinds"].choices][:1] == ["commune"]
