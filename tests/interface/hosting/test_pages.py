"""The desk and the search as pages: for whoever is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from cchc.interface import actions
from cchc.interface.desk import jobs
from cchc.interface.hosting import desk, navigation, panels
from cchc.interface.hosting import search as searching
from cchc.interface.hosting.desk import DeskItem, Urgency
from cchc.interface.hosting.search import Hit, SearchKind, Source, rows_of
from cchc.interface.jobs import leases
from cchc.interface.navigation import desk as own_place
from cchc.interface.permissions import may_read_history, may_use_desk
from cchc.interface.returning import sign_in_address
from cchc.interface.shapes import Who
from cchc.records.errors import problem
from cchc.records.text import LocalText
from tests.interface.hosting.test_desk import kind
from tests.interface.jobs.room import HOA, NOON
from tests.interface.jobs.test_pages import OneViewer, SignedInForTests

pytestmark = pytest.mark.usefixtures("trials")
HERE = "tests.interface.hosting.test_pages.WithAName"


class WithAName(SignedInForTests):
    """Whoever the cookie names, with a header that says so."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inner = self._get_response

        def answer(asked: HttpRequest) -> HttpResponse:
            asked.who = Who(asked.viewer.name, "", "/") if asked.viewer.is_signed_in else None
            return inner(asked)

        return SignedInForTests(answer)(request)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(autouse=True)
def nothing_from_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """Panels and entries of higher rooms ask what these viewers do not know; each is tested in its room."""
    monkeypatch.setattr(panels, "known_panels", dict)
    monkeypatch.setattr(navigation, "known_places", lambda: {own_place.code: own_place})


@pytest.fixture
def signed_in(client: Client, settings) -> Client:  # type: ignore[no-untyped-def]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, HERE]
    client.cookies["who"] = HOA.identity
    return client


@pytest.mark.requirement(124)
@pytest.mark.parametrize("address", ["/ban-lam-viec/", "/tim/?q=an", "/nhat-ky/organizations.Unit/1/"])
def test_the_public_is_told_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 403
    assert "Đăng nhập rồi mở lại" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "leads_to", "words"),
    [
        ("/tim/?q=an&trang=2", "/dang-nhap/?next=%2Ftim%2F%3Fq%3Dan%26trang%3D2", "Đăng nhập"),
        ("/en/ban-lam-viec/", "/en/dang-nhap/?next=%2Fen%2Fban-lam-viec%2F", "Sign in"),
    ],
)
def test_who_is_told_to_sign_in_finds_the_way_there_and_back(
    client: Client, address: str, leads_to: str, words: str
) -> None:
    page = client.get(address).content.decode()
    assert f'href="{leads_to}"' in page and words in page


def test_a_part_of_a_page_leads_back_to_the_page_it_stands_on(client: Client) -> None:
    asked = {"HX-Request": "true", "Referer": "http://testserver/tim/?q=an"}
    part = client.get("/nhat-ky/organizations.Unit/1/", headers=asked).content.decode()
    assert 'href="/dang-nhap/?next=%2Ftim%2F%3Fq%3Dan"' in part and "<html" not in part


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://testserver/tim/?q=an", "?next=%2Ftim%2F%3Fq%3Dan"),
        ("https://elsewhere.example/tim/", ""),
        ("http://testserver//elsewhere.example/", ""),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_after_a_form_the_way_leads_back_to_a_page_of_this_site_alone(
    rf: RequestFactory, referrer: str, back: str
) -> None:
    assert sign_in_address(rf.post("/can-bo/cb1/sua/", headers={"Referer": referrer})) == f"/dang-nhap/{back}"


def test_the_rights() -> None:
    nobody, somebody = OneViewer(""), OneViewer("hoa")
    assert [bool(may_use_desk(one)) for one in (None, nobody, somebody)] == [False, False, True]
    codes = [
        verdict.refusal.code
        for verdict in (
            may_read_history(None, None, None),
            may_read_history(nobody, None, None),
            may_read_history(somebody, None, 1),
        )
        if verdict.refusal
    ]
    assert codes == ["interface.sign_in_not_allowed"] * 2 + ["interface.history_not_allowed"]


def test_an_empty_desk_teaches(signed_in: Client) -> None:
    with patch.object(desk, "known_desk_kinds", dict):
        page = signed_in.get("/ban-lam-viec/").content.decode()
        assert "Không có việc nào đang chờ" in page and "nhấn phím /" in page
        assert "Bỏ bộ lọc" in signed_in.get("/ban-lam-viec/?han=overdue").content.decode()


@pytest.mark.requirement(62)
def test_the_desk_says_what_is_late_first_and_counts(signed_in: Client) -> None:
    items = (
        DeskItem("Việc chờ", "/cho/", Urgency.WAITING),
        DeskItem("Việc gần", "/gan/", Urgency.SOON, NOON + timedelta(days=1), minutes=480),
        DeskItem("Việc trễ", "/tre/", Urgency.OVERDUE, NOON.date() - timedelta(days=1), note="Ghi chú"),
    )
    tasks = kind("a", *items)
    with patch.object(desk, "known_desk_kinds", lambda: {tasks.code: tasks}):
        page = signed_in.get("/ban-lam-viec/").content.decode()
        assert page.index("Việc trễ") < page.index("Việc gần") < page.index("Việc chờ")
        for words in (
            "Quá hạn 1",
            "Hôm nay 0",
            "Sắp đến hạn 1",
            "Đang chờ 1",
            "Tất cả 3",
            "còn 1 ngày làm việc",
            "3 mục",
        ):
            assert words in page
        for urgency in ("overdue", "soon", "paused"):
            assert f'<use href="#i-{urgency}"/></svg>' in page[: page.index('id="results"')], "not by its word alone"
        late = signed_in.get("/ban-lam-viec/?han=overdue&loai=trial.a").content.decode()
        assert "Việc trễ" in late and "Việc chờ" not in late
        english = signed_in.get("/en/ban-lam-viec/?han=today").content.decode()
        assert "Overdue 1" in english and "Nothing of that waits" in english


def test_my_jobs_are_on_my_desk_and_nobody_else_s(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("mine", "failed"):
        actions.request_job(actor=HOA, now=NOON, kind="trial.count", parameters={"name": name})
    lease = leases.take(worker="w", kinds=["trial.count"], now=NOON)
    assert lease is not None
    actions.fail_job(actor=HOA, now=NOON, lease=lease, problems=[problem("interface.job_fault", what="OSError")])
    only = {jobs.code: jobs}
    monkeypatch.setattr(desk, "known_desk_kinds", lambda: only)
    page = signed_in.get("/ban-lam-viec/").content.decode()
    assert "Thử đếm" in page and "Chờ đến lượt" in page and "Thất bại" in page
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        assert "Thất bại" not in signed_in.get("/ban-lam-viec/").content.decode()
    signed_in.cookies["who"] = "khac"
    assert "Thử đếm" not in signed_in.get("/ban-lam-viec/").content.decode()


def test_hits_stand_in_groups_with_the_way_to_all(signed_in: Client) -> None:
    anything = ContentType.objects.order_by("pk")

    def communes(viewer: object, text: str, most: int) -> Source:
        return Source(
            rows_of(anything, most, a=F("model")), lambda rows: [Hit("Xã Ẵng", "/xa/", "thuộc tỉnh")], "/tat-ca/"
        )

    def nothing(viewer: object, text: str, most: int) -> Source:
        return Source(rows_of(anything.none(), most), lambda rows: [Hit(row.a, "/") for row in rows])

    kinds = {
        "trial.a": SearchKind("trial.a", LocalText("Xã", "Communes"), communes),
        "trial.b": SearchKind("trial.b", LocalText("Không có", "None"), nothing),
        "trial.c": SearchKind("trial.c", LocalText("Không được", "Not allowed"), lambda viewer, text, most: None),
    }
    with patch.object(searching, "known_search_kinds", lambda: kinds):
        page = signed_in.get("/tim/?q=ang").content.decode()
        assert "Xã Ẵng" in page and "/tat-ca/" in page and "Không có</h2>" not in page
        assert "Không được</h2>" not in page
        assert 'value="ang"' in page
        english = signed_in.get("/en/tim/?q=ang").content.decode()
        assert "Communes" in english
    with patch.object(searching, "known_search_kinds", dict):
        assert "Không tìm thấy" in signed_in.get("/tim/?q=ang").content.decode()
    assert "Cần tìm gì?" in signed_in.get("/tim/").content.decode()


def test_a_search_is_shown_as_typed_and_harmless(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "known_search_kinds", dict)
    page = signed_in.get("/tim/", {"q": "<b>\0" + "a" * 300}).content.decode()
    assert "<b>" not in page and "&lt;b&gt;" in page


def test_keys_are_a_preference(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "known_desk_kinds", dict)
    assert 'data-keys="on"' in signed_in.get("/ban-lam-viec/").content.decode()
    answer = signed_in.post("/tuy-chon/", {"keys": "off", "next": "/ban-lam-viec/#phim-tat"})
    assert answer.headers["Location"] == "/ban-lam-viec/#phim-tat"
    assert 'data-keys="off"' in signed_in.get("/ban-lam-viec/").content.decode()
