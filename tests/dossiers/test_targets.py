"""What units are to reach in a year: exact, by a decision, put right by another record, beside the figure so far."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from cchc.audit.errors import UnrecordedWrite
from cchc.audit.models import AuditEvent
from cchc.dossiers.actions.intake import Intake
from cchc.dossiers.actions.targets import Decided, set_targets
from cchc.dossiers.models import UnitTarget
from cchc.dossiers.periods import read_period
from cchc.dossiers.queries.adoption import Use, adoption, marks_of
from cchc.dossiers.shown_targets import distance_words
from cchc.dossiers.targets import ONLINE, Target, distance, read_percent
from cchc.dossiers.thresholds import Thresholds
from cchc.interface.together import answer
from cchc.organizations.models import Account, Unit
from cchc.organizations.viewers import viewer_of
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, Desk, at, intake, received
from tests.factories.organizations import BY_TESTS, grant, official, unit
from tests.factories.papers import basis
from tests.rights.test_questions import questions
from tests.support.taken import rows_of

LIST, REPORT = "/ho-so/chi-tieu/", "/ho-so/su-dung/"
TYPED = {
    "kind": "",
    "units": "xa-mot",
    "year": "2026",
    "percent": "82,5",
    "number": "15/QĐ-UBND",
    "issued_on": "15/01/2026",
}


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel(at("27 08:00"), tick=False):
        yield


@pytest.fixture
def follower(desk: Desk) -> Client:
    """Procedure control of the province, who works in an office of it."""
    person = official("ks1", "Lò Văn Kiểm", unit("van-phong", desk.province, "office"))
    grant(person, "procedure_control_officer", desk.province, covers_subtree=True)
    return client_of(person)


def decided(percent: str = "80", volume: int | None = None, **more: object) -> Decided:
    return Decided(
        2026, Target(Decimal(percent), volume), **({"number": "15/QĐ-UBND", "issued_on": date(2026, 1, 15)} | more)
    )


def target(of: Unit, percent: str = "80", volume: int | None = None, reason: str = "") -> UnitTarget:
    (made,) = set_targets(**BY_TESTS, metric=ONLINE, units=[of], decided=decided(percent, volume), reason=reason)
    return made


def by_channel(desk: Desk, *channels: str) -> None:
    of = intake(desk.procedures[BIRTH])
    for channel in channels:
        handed_in = Intake(of.person, of.papers, channel=channel, is_no_duplicate=True)
        received(desk, BIRTH, "23 08:00", intake=handed_in)


def use_of(client: Client, code: str, key: str) -> Use:
    account, period = Account.objects.get(pk=client.session["_auth_user_id"]), read_period(key)
    assert period is not None
    found = answer(adoption(viewer_of(account, at("27 08:00").date(), used_second_factor=True), period))
    return next(one for one in found.units if one.code == code)


class TestDistance:
    """Pure and exact, with a case on each side of an edge."""

    @pytest.mark.requirement(22)
    @pytest.mark.parametrize(
        ("online", "number", "is_year", "is_over", "is_missed", "words"),
        [
            (0, 0, False, False, True, ["chưa có hồ sơ"]),
            (4, 5, False, False, False, ["vừa đạt"]),
            (7999, 10000, False, False, True, ["thiếu 0,01 điểm %"]),
            (8001, 10000, False, False, False, ["vượt 0,01 điểm %"]),
            (79999, 100000, False, False, True, ["thiếu 0,001 điểm %"]),
            (99, 100, True, False, False, ["vượt 19 điểm %", "còn thiếu 1 hồ sơ"]),
            (99, 100, True, True, True, ["vượt 19 điểm %", "còn thiếu 1 hồ sơ"]),
            (100, 100, True, True, False, ["vượt 20 điểm %", "đủ số hồ sơ"]),
        ],
    )
    def test_a_case(self, online, number, is_year, is_over, is_missed, words):
        found = distance(Target(Decimal(80), 100), online, number, is_year=is_year, is_over=is_over)
        assert found.is_missed is is_missed
        assert distance_words(found) == words

    def test_a_distance_too_small_for_four_decimals_is_never_said_to_be_none(self):
        found = distance(Target(Decimal("33.33")), 3_333_299_999, 10_000_000_000, is_year=False, is_over=False)
        assert distance_words(found) == ["thiếu 0,00000001 điểm %"] or "0 điểm" not in distance_words(found)[0]

    @given(percent=some.integers(1, 10_000), online=some.integers(0, 500), others=some.integers(0, 500))
    def test_missed_is_what_whole_numbers_say(self, percent, online, others):
        """Against the slow way: no division at all."""
        found = distance(Target(Decimal(percent) / 100), online, online + others, is_year=False, is_over=False)
        reached = online + others > 0 and online * 10_000 >= percent * (online + others)
        assert found.is_missed is not reached
        if found.points is not None:
            assert found.points / 100 + Fraction(online, online + others) == Fraction(percent, 10_000)

    @pytest.mark.parametrize("text", ["0", "-1", "100,01", "82,555", "tám mươi", "", "1e2", "8 0", "9" * 40])
    def test_what_is_no_target_is_refused(self, text):
        with pytest.raises(DomainError):
            read_percent(text)

    @pytest.mark.parametrize(
        ("text", "percent"), [("100", "100"), ("0,01", "0.01"), (" 82.5 % ", "82.5"), ("82,50", "82.5")]
    )
    def test_what_is_one_is_read_exactly(self, text, percent):
        assert read_percent(text) == Decimal(percent)


def test_what_has_a_target_is_not_marked_by_the_general_threshold():
    half = Thresholds(Fraction(0), Fraction(1, 2), Fraction(0))
    use = Use(0, "", "", Counter(online=1, direct=2))
    assert marks_of(use, half) == {"online"}
    assert marks_of(Use(0, "", "", use.by_channel, target=Target(Decimal(20))), half) == frozenset()


@pytest.mark.requirement(90)
def test_a_target_is_set_on_a_page_and_stands_in_the_report_with_the_distance(desk: Desk, follower: Client):
    by_channel(desk, "online", "direct", "direct", "direct")
    assert "chưa có chỉ tiêu" in follower.get(REPORT, {"ky": "2026-11"}).content.decode()
    assert follower.post(f"{LIST}dat/", TYPED | {"volume": "40"}).status_code == 302
    made = UnitTarget.objects.get()
    assert (made.unit, made.metric, made.year, made.percent, made.volume) == (
        desk.commune,
        ONLINE,
        2026,
        Decimal("82.5"),
        40,
    )
    assert made.set_by is not None and made.set_by.name == "Lò Văn Kiểm"
    use = use_of(follower, "xa-mot", "2026-11")
    assert use.distance is not None and use.distance.points == Fraction("57.5") and use.distance.dossiers is None
    year = use_of(follower, "xa-mot", "2026").distance
    assert year is not None and (year.points, year.dossiers, year.is_over) == (Fraction("57.5"), 39, False)
    page = follower.get(REPORT, {"ky": "2026"}).content.decode()
    assert "82,5\N{NO-BREAK SPACE}%" in page and "thiếu 57,5 điểm %" in page and "còn thiếu 39 hồ sơ" in page
    assert use_of(follower, "xa-mot", "2025").target is None, "each year has its own"
    listed = follower.get(LIST, {"nam": "2026"}).content.decode()
    assert "15/QĐ-UBND" in listed and "15/01/2026" in listed and "82,5" in listed


@pytest.mark.requirement(90)
def test_units_without_a_target_and_units_below_it_are_lists_of_their_own(desk: Desk, follower: Client):
    by_channel(desk, "direct")
    target(desk.commune)
    without = follower.get(REPORT, {"ky": "2026-11", "xem": "chua-co-chi-tieu"}).content.decode()
    assert "xã Hai" in without and "xã Một" not in without
    below = follower.get(REPORT, {"ky": "2026-11", "xem": "chua-dat-chi-tieu"}).content.decode()
    assert "xã Một" in below and "xã Hai" not in below
    page = follower.get(LIST).content.decode()
    assert page.index("xã Hai") < page.index("xã Một"), "those without stand first"


@pytest.mark.requirement(22)
def test_the_workbook_and_the_csv_say_target_and_distance(desk: Desk, follower: Client):
    by_channel(desk, "online", "direct")
    target(desk.commune, "80", 10)
    rows = {row[0]: row for row in rows_of(follower.get(f"{REPORT}bang.xlsx?ky=2026"))}
    assert rows["Đơn vị"][9:] == ["Chỉ tiêu trực tuyến", "Chỉ tiêu trực tuyến, số hồ sơ", "So với chỉ tiêu"]
    assert rows["xã Một"][9:] == ["80\N{NO-BREAK SPACE}%", "10", "thiếu 30 điểm %; còn thiếu 9 hồ sơ"]
    assert rows["xã Hai"][9] == "Chưa có chỉ tiêu"
    assert "thiếu 30 điểm %" in follower.get(f"{REPORT}bang.csv?ky=2026").content.decode("utf-8-sig")


def test_a_whole_group_at_once_and_units_beside_it(desk: Desk, follower: Client):
    kind = desk.commune.placements.get().kind
    assert follower.post(f"{LIST}dat/", TYPED | {"kind": kind, "units": ""}).status_code == 302
    assert set(UnitTarget.objects.order_by("pk").values_list("unit__code", flat=True)) == {"xa-mot", "xa-hai"}
    assert len({*UnitTarget.objects.order_by("pk").values_list("set_at", flat=True)}) == 1


def test_another_target_needs_a_reason_ends_the_one_before_and_is_in_the_chain(desk: Desk, follower: Client):
    first = target(desk.commune)
    asked = TYPED | {"percent": "70"}
    refused = follower.post(f"{LIST}dat/", asked)
    assert refused.status_code == 422 and 'value="70"' in refused.content.decode() and UnitTarget.objects.count() == 1
    assert follower.post(f"{LIST}dat/", asked | {"reason": "Quyết định điều chỉnh"}).status_code == 302
    newest = UnitTarget.objects.order_by("-pk")[0]
    assert (newest.percent, newest.reason) == (Decimal(70), "Quyết định điều chỉnh")
    assert use_of(follower, "xa-mot", "2026-11").target == Target(Decimal(70))
    page = follower.get(LIST).content.decode()
    assert "80 %" in page and "Quyết định điều chỉnh" in page, "what held before stays to be read"
    assert AuditEvent.objects.filter(kind="dossiers.target_set").count() == 2
    with pytest.raises(UnrecordedWrite):
        first.save()


def test_the_same_again_writes_nothing(desk: Desk):
    target(desk.commune)
    events = AuditEvent.objects.count()
    assert set_targets(**BY_TESTS, metric=ONLINE, units=[desk.commune], decided=decided()) == []
    assert (UnitTarget.objects.count(), AuditEvent.objects.count()) == (1, events)


def test_a_target_is_ended_with_a_reason_once(desk: Desk, follower: Client):
    made = target(desk.commune)
    address = f"{LIST}{made.pk}/bo/"
    assert "Bỏ chỉ tiêu 80" in follower.get(address).content.decode()
    assert follower.post(address, {"reason": " "}).status_code == 422
    assert follower.post(address, {"reason": "Nhập nhầm đơn vị"}).status_code == 302
    assert use_of(follower, "xa-mot", "2026-11").target is None
    assert follower.post(address, {"reason": "Lần nữa"}).status_code == 422
    assert UnitTarget.objects.count() == 2
    target(desk.commune, "60", reason="Quyết định mới")
    assert use_of(follower, "xa-mot", "2026-11").target == Target(Decimal(60))


def test_it_rests_on_a_decision_of_the_library_or_one_with_number_and_date(desk: Desk):
    for wrong, code in (
        ({"issued_on": None}, "dossiers.target_rests_on_nothing"),
        ({"number": " "}, "dossiers.target_rests_on_nothing"),
        ({"issued_on": date(2026, 11, 28)}, "dossiers.decided_later"),
        ({"basis": basis(desk.other)}, "papers.basis_not_citable"),
    ):
        with pytest.raises(DomainError) as refused:
            set_targets(**BY_TESTS, metric=ONLINE, units=[desk.commune], decided=decided(**wrong))
        assert refused.value.code == code
    of_library = decided(number="", issued_on=None, basis=basis(desk.province))
    (made,) = set_targets(**BY_TESTS, metric=ONLINE, units=[desk.commune], decided=of_library)
    assert made.basis is not None and made.basis.unit == desk.province


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"percent": "0"}, "lớn hơn 0"),
        ({"percent": "8o"}, "8o"),
        ({"percent": "x" * 500}, "percent"),
        ({"volume": "-1"}, "volume"),
        ({"volume": "99999999999999999999"}, "volume"),
        ({"issued_on": "31/02/2026"}, "31/02/2026"),
        ({"issued_on": ""}, "Chưa ghi quyết định"),
        ({"units": "xã không có"}, "xã không có"),
        ({"units": "", "kind": ""}, "Chưa chọn đơn vị"),
        ({"year": "1890"}, "1890"),
        ({"kind": "lạ"}, "lạ"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_typed_is_lost(desk: Desk, follower: Client, typed, said):
    page = follower.post(f"{LIST}dat/", TYPED | typed)
    assert page.status_code == 422 and said in page.content.decode() and "15/QĐ-UBND" in page.content.decode()
    assert not UnitTarget.objects.exists()


def test_nobody_sets_the_target_of_the_own_unit_or_of_one_they_do_not_follow(desk: Desk, follower: Client):
    head = client_of(desk.head)
    assert "Đặt chỉ tiêu" not in head.get(LIST).content.decode()
    assert head.post(f"{LIST}dat/", TYPED).status_code == 403 and not UnitTarget.objects.exists()
    assert head.post(f"{LIST}dat/", TYPED | {"units": "xa-hai"}).status_code == 403 and not UnitTarget.objects.exists()
    assert "Không đặt chỉ tiêu cho đơn vị nơi mình công tác" in head.post(f"{LIST}dat/", TYPED).content.decode()
    assert client_of(desk.receiver).get(f"{LIST}dat/").status_code == 403
    assert client_of(official("la", works_in=desk.other)).get(LIST).status_code == 403
    made = target(desk.commune)
    assert head.post(f"{LIST}{made.pk}/bo/", {"reason": "x"}).status_code == 403
    assert f"{LIST}{made.pk}/bo/" not in head.get(LIST).content.decode()
    assert f"{LIST}{made.pk}/bo/" in follower.get(LIST).content.decode()


def test_a_reform_officer_who_sees_no_dossier_sees_and_sets_targets(desk: Desk):
    person = official("cc1", works_in=unit("so-noi-vu", desk.province, "department"))
    grant(person, "reform_officer", desk.province, covers_subtree=True)
    client = client_of(person)
    assert client.get("/ho-so/").status_code == 403 and client.get(REPORT).status_code == 403
    page = client.get(LIST).content.decode()
    assert f'href="{LIST}"' in page and REPORT not in page
    assert client.post(f"{LIST}dat/", TYPED).status_code == 302


@pytest.mark.long
def test_two_hundred_units_ask_no_more_questions(desk: Desk, follower: Client):
    few = questions(follower, LIST)
    for number in range(150):
        unit(f"xa-{number}", desk.province, "commune", f"xã {number}")
    kind = desk.commune.placements.get().kind
    assert follower.post(f"{LIST}dat/", TYPED | {"kind": kind, "units": ""}).status_code == 302
    assert UnitTarget.objects.count() == 152
    assert questions(follower, LIST) == few <= 9
