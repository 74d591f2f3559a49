"""A province whose council scores three communes of the sample sheet."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from cchc.assessments.models import Round, Sheet
from cchc.organizations.models import Official, Unit
from tests.factories.assessments import begun
from tests.factories.organizations import grant, official, unit

NAMES = ("Xã Mẫu 1", "Xã Mẫu 2", "Phường Mẫu 3")


@dataclass(frozen=True)
class Council:
    """Units, and who has which part: the council, an appraiser, each commune's officer and head."""

    province: Unit
    department: Unit
    first: Unit
    second: Unit
    third: Unit
    chair: Official
    secretary: Official
    member: Official
    appraiser: Official
    officer: Official
    head: Official
    other_head: Official
    stranger: Official


def council_of_a_province() -> Council:
    """Made anew in whatever database the test has."""
    province = unit("tinh", name="tỉnh Mẫu")
    department = unit("so-noi-vu", province, "department", "Sở Nội vụ")
    first, second, third = (unit(f"xa-{number}", province, name=name) for number, name in enumerate(NAMES, 1))
    council = Council(
        province,
        department,
        first,
        second,
        third,
        official("ct", "Nguyễn Văn Chủ", province, post="Phó Chủ tịch UBND tỉnh"),
        official("tk", "Lê Thị Thư", department, post="Trưởng phòng"),
        official("tv", "Phạm Văn Viên", department),
        official("td", "Trần Thị Thẩm", department),
        official("x1", "Y Ngọc", first),
        official("x0", "A Brol", first, post="Chủ tịch UBND xã", is_head=True),
        official("y0", "Đinh Văn Hai", second, post="Chủ tịch UBND xã", is_head=True),
        official("z9", "Hồ Thị Lạ", third),
    )
    for person, role in ((council.chair, "council_chair"), (council.secretary, "council_secretary")):
        grant(person, role, province)
    grant(council.member, "council_member", province)
    grant(council.officer, "reform_officer", first)
    grant(council.head, "unit_head", first)
    grant(council.other_head, "unit_head", second)
    return council


@pytest.fixture(scope="module")
def made_once(filled_once: None) -> Council:
    return council_of_a_province()


@pytest.fixture
def council(made_once: Council, db: None) -> Council:
    """As they are in the database: what another test has done to its own is not theirs."""
    return Council(**{name: type(one).objects.get(pk=one.pk) for name, one in vars(made_once).items()})


@pytest.fixture
def scored_round(council: Council) -> Round:
    """A round by the small set in which the three communes, ranked together, score themselves."""
    return begun(council.province, dict.fromkeys((council.first, council.second, council.third), "Cấp xã"))


@pytest.fixture
def sheets(scored_round: Round) -> list[Sheet]:
    """Theirs, in order."""
    return sheets_of(scored_round)


def sheets_of(round_: Round) -> list[Sheet]:
    """Of a round, in order."""
    return list(round_.sheets.select_related("round__organizer", "unit").order_by("place"))
