"""Where procedures stand open and how late, reviews and what waits for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cchc.procedures.delays import nth_working_day, working_days_between
from cchc.procedures.models import Publication, Review
from cchc.procedures.queries.versions import kept_version_on
from cchc.procedures.reviewing import reviewed_since
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from cchc.records.text import LocalText
from cchc.worktime import Calendar
from tests.factories.clients import client_of
from tests.factories.organizations import TODAY, grant
from tests.factories.procedures import dated, drafted, posted, procedure, recorded

VN = Calendar.load("vn")
DAY = timedelta(days=1)


@pytest.fixture
def officer(people) -> Client:
    return client_of(people.officer)


@pytest.fixture
def clerk(people) -> Client:
    return client_of(people.clerk)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@given(st.integers(0, 300), st.integers(0, 40))
def test_working_days_against_days_counted_one_by_one(offset: int, number: int) -> None:
    start = date(2026, 1, 1) + offset * DAY
    due = nth_working_day(VN, start, number)
    open_days = [start + one * DAY for one in range(1, 120) if VN.windows_on(start + one * DAY)]
    assert due == ([start, *open_days][number])
    assert working_days_between(VN, start, due) == number
    assert working_days_between(VN, due, start) == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
class TestRegister:
    @pytest.mark.requirement(6, 34, 35, 55, 86)
    def test_a_unit_notes_where_a_version_stands_open_and_how_late_is_counted(self, officer, clerk, people):
        version = kept_version_on(procedure(people.province), TODAY)
        line = {"unit": "xa-mot", "place": "Bảng niêm yết", "link": "https://xa.gov.vn/tthc", "posted_on": "07/01/2026"}
        address = f"/thu-tuc/phien-ban/{version.pk}/cong-khai/"
        assert clerk.post(address, line).status_code == 302
        noted = Publication.objects.get()
        # Decided on Saturday 20/12/2025: 22, 23, 24, 25, 26 are in time; 1 January is a holiday, 2 January is worked.
        assert noted.due_on == date(2025, 12, 26)
        assert noted.days_late == working_days_between(VN, date(2025, 12, 26), date(2026, 1, 7)) > 5
        page = text(clerk, "/thu-tuc/cong-khai/")
        assert f"chậm {noted.days_late} ngày làm việc" in page and "26/12/2025" in page and "xã Ẵng Một" in page
        assert "Bảng niêm yết" in text(officer, f"/thu-tuc/phien-ban/{version.pk}/")
        for wrong, status in (
            ({"unit": "xa-hai"}, 422), ({"posted_on": "07/12/2027"}, 422), ({"posted_on": "01/12/2025"}, 422),
            ({"place": ""}, 422), ({}, 422),
        ):  # fmt: skip
            assert clerk.post(address, line | wrong).status_code in {status, 403, 409}, wrong
        assert Publication.objects.count() == 1

    def test_a_line_that_is_not_true_is_struck_out_and_the_procedure_counts_as_not_open(self, officer, people):
        birth = procedure(people.province)
        line = posted(kept_version_on(birth, TODAY), people.commune)
        assert "/thu-tuc/ma/1.001193/" not in text(officer, "/thu-tuc/?cong-khai=chua")
        assert officer.post(f"/thu-tuc/cong-khai/{line.pk}/gach/", {"reason": ""}).status_code == 422
        assert officer.post(f"/thu-tuc/cong-khai/{line.pk}/gach/", {"reason": "Ghi nhầm"}).status_code == 302
        assert "Ghi nhầm" in text(officer, f"/thu-tuc/cong-khai/{line.pk}/")
        assert officer.post(f"/thu-tuc/cong-khai/{line.pk}/gach/", {"reason": "x"}).status_code == 422
        assert "/thu-tuc/ma/1.001193/" in text(officer, "/thu-tuc/?cong-khai=chua")
        assert "1.001193" not in text(officer, "/thu-tuc/cong-khai/").split('id="results"')[1]
        again = posted(line.version, people.commune)
        assert again.pk != line.pk

    def test_drafts_stand_open_nowhere_and_a_decision_without_a_date_judges_nobody(self, officer, people):
        draft = drafted(recorded(people.province))
        with pytest.raises(DomainError) as error:
            posted(draft, people.commune)
        assert error.value.problems[0].code == "procedures.not_published"
        undated = replace(dated(), source=Source("Quyết định chưa rõ ngày"))
        line = posted(kept_version_on(procedure(people.province, "1.2", undated), TODAY), people.commune)
        assert (line.due_on, line.days_late) == (None, None)
        assert "chưa ghi ngày quyết định" in text(officer, "/thu-tuc/cong-khai/")

    def test_the_register_is_narrowed(self, officer, people):
        late = kept_version_on(procedure(people.province), TODAY)
        other = kept_version_on(procedure(people.province, "1.2", name=LocalText("Khai tử")), TODAY)
        posted(late, people.commune)
        posted(other, people.other, posted_on=date(2025, 12, 22))

        def codes(query: str) -> list[str]:
            page = text(officer, f"/thu-tuc/cong-khai/?{query}").split('id="results"')[1]
            return [code for code in ("1.001193", "1.2") if f">{code}<" in page]

        assert codes("") == ["1.001193", "1.2"] and codes("tre=1") == ["1.001193"]
        assert codes("tim=khai+tu") == ["1.2"] and codes("don-vi=xa-hai") == ["1.2"]
        for odd in ("sau=1", "sau=999", "tre=x", "tim=%00"):
            text(officer, f"/thu-tuc/cong-khai/?{odd}")

    @pytest.mark.requirement(35, 79, 86)
    def test_a_review_is_noted_and_what_was_not_reviewed_for_a_year_waits(self, officer, clerk, people):
        old = procedure(people.province, "1.1", dated(date(2025, 1, 1)))
        procedure(people.province)
        assert reviewed_since(TODAY) == date(2025, 11, 23)
        assert "/thu-tuc/ma/1.1/" in text(officer, "/thu-tuc/?ra-soat=den-han")
        assert "/thu-tuc/ma/1.001193/" not in text(officer, "/thu-tuc/?ra-soat=den-han")
        assert "1 thủ tục đến hạn rà soát" in text(officer, "/ban-lam-viec/")
        assert "đến hạn rà soát" not in text(clerk, "/ban-lam-viec/")
        said = {"reviewed_on": "20/11/2026", "outcome": "amend", "text": "Cắt giảm một bản sao"}
        assert officer.post("/thu-tuc/ma/1.1/ra-soat/", said | {"text": ""}).status_code == 422
        assert officer.post("/thu-tuc/ma/1.1/ra-soat/", said | {"reviewed_on": "20/11/2027"}).status_code == 422
        assert officer.post("/thu-tuc/ma/1.1/ra-soat/", said).status_code == 302
        assert Review.objects.get().procedure == old
        page = text(clerk, "/thu-tuc/ma/1.1/")
        assert "Đề nghị sửa đổi, bổ sung" in page and "Cắt giảm một bản sao" in page
        assert "/thu-tuc/ma/1.1/" not in text(officer, "/thu-tuc/?ra-soat=den-han")

    def test_drafts_wait_on_the_desk_of_those_who_keep_the_catalogue(self, officer, clerk, people):
        drafted(recorded(people.province), dated(date(2027, 1, 1)))
        assert "1.001193 Đăng ký khai sinh" in text(officer, "/ban-lam-viec/")
        assert "1.001193" not in text(clerk, "/ban-lam-viec/")

    def test_a_picture_is_added_by_those_who_noted_the_line(self, clerk, people):
        line = posted(kept_version_on(procedure(people.province), TODAY), people.commune)
        assert f"procedures.Publication:{line.pk}" in text(clerk, f"/thu-tuc/cong-khai/{line.pk}/")
        grant(people.other_chairman, "reform_officer", people.other)
        other = client_of(people.other_chairman)
        assert "cho=procedures.Publication" not in text(other, f"/thu-tuc/cong-khai/{line.pk}/")
