"""Lists that read along an index show what the one condition of visibility shows, for everybody and at every page."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from django.test import RequestFactory

from cchc.dossiers.actions.working import assign
from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.queries.desk import finding_newest
from cchc.dossiers.queries.scope import READERS, of_units, ready, visible_dossiers, ways_to_dossiers
from cchc.dossiers.searching import Sought, sought
from cchc.dossiers.states import BEGUN
from cchc.interface.paging import page_uncounted
from cchc.interface.together import Reads, answer
from cchc.organizations.viewers import Viewer, public_viewer, viewer_of
from cchc.records.search import fold
from tests.factories.dossiers import BIRTH, LAND, Desk, completed, intake, received, settled, step_of, taken
from tests.factories.organizations import TODAY, grant, official, unit, unsaved_account


@pytest.fixture
def viewers(desk: Desk) -> list[Viewer]:
    """Everybody: at the counter, over the whole province, in an office, at another commune with a step here, nobody."""
    over_all = official("ks1", "Đặng Văn Khánh", desk.province)
    grant(over_all, "procedure_control_officer", desk.province, covers_subtree=True)
    office = unit("xa-mot-vp", desk.commune, kind="office", name="Văn phòng xã Một")
    clerk = official("vp1", "Bùi Thị Lý", office)
    grant(clerk, "settling_official", office)
    grant(desk.stranger, "receiving_officer", desk.commune)
    people = (desk.receiver, desk.settler, desk.signer, desk.head, desk.stranger, over_all, clerk)
    return [public_viewer(TODAY), *(viewer_of(unsaved_account(one), TODAY, used_second_factor=True) for one in people)]


def some_dossiers(desk: Desk) -> None:
    """Received, in the queue, held, over, and one whose step went to an official of another commune."""
    received(desk)
    for person in (desk.settler, desk.second_settler):
        dossier = received(desk)
        completed(desk, dossier, "receive", desk.receiver, "23 08:30")
        taken(desk, dossier, "settle", person, "23 09:00")
    settled(desk, received(desk))
    abroad = received(desk, LAND)
    step = step_of(abroad, "receive")
    assign(
        **desk.as_(desk.head, "23 10:00"), step=step, official=desk.stranger,
        expected_version=step.dossier.version, reason_code="workload", reason="Hỗ trợ",
    )  # fmt: skip
    completed(desk, received(desk, unit=desk.other), "receive", desk.stranger, "23 11:00")


def keys_by_ways(viewer: Viewer) -> set[int]:
    return {key for found, column in ways_to_dossiers(viewer) for key in found.values_list(column, flat=True)}


@pytest.mark.requirement(127)
def test_the_ways_together_lead_to_what_is_visible(desk: Desk, viewers: list[Viewer]):
    some_dossiers(desk)
    seen = []
    for viewer in viewers:
        visible = set(visible_dossiers(viewer).order_by().values_list("pk", flat=True))
        assert keys_by_ways(viewer) == visible == by_one_condition(viewer)
        seen.append(len(visible))
    assert len(set(seen)) > 2, "they do not all see the same"


def by_one_condition(viewer: Viewer) -> set[int]:
    """Slow and obvious: every dossier, every step, asked one by one."""
    if not viewer.is_signed_in or not viewer.holds_anywhere(*READERS):
        return set()
    found = set()
    for dossier in Dossier.objects.select_related("unit", "settling_unit").order_by("pk"):
        steps = StepInstance.objects.filter(dossier=dossier).select_related("unit").order_by("pk")
        in_scope = any(viewer.holds_over(one, *READERS) for one in (dossier.unit, dossier.settling_unit))
        had = any(step.holder_id == viewer.acting.pk for step in steps)
        may_take = any(step.state == "queued" and takes(viewer, step) for step in steps)
        if in_scope or had or may_take:
            found.add(dossier.pk)
    return found


def takes(viewer: Viewer, step: StepInstance) -> bool:
    offices = {hold.unit for hold in viewer.holds if hold.role == step.role}
    return viewer.holds_over(step.unit, step.role) or any(step.unit_id in viewer.above(one) for one in offices)


def test_page_after_page_the_newest_come_first_and_none_is_left_out(desk: Desk, viewers: list[Viewer]):
    some_dossiers(desk)
    for viewer in viewers:
        expected = list(visible_dossiers(viewer).order_by("-pk").values_list("pk", flat=True))
        listed, behind = [], None
        while rows := answer(finding_newest(viewer, "", behind, 2)):
            listed += [row.pk for row in rows]
            behind = listed[-1]
        assert listed == expected


def test_words_narrow_the_list_also_where_a_dossier_is_found_by_several_ways(desk: Desk, viewers: list[Viewer]):
    some_dossiers(desk)
    code = Dossier.objects.filter(procedure_version__procedure__code=BIRTH).order_by("-pk")[0].code
    for viewer in viewers[1:]:
        every = answer(finding_newest(viewer, "", None, 50))
        assert answer(finding_newest(viewer, code, None, 50)) == [one for one in every if one.code == code]
        assert answer(finding_newest(viewer, "lan tran", None, 50)) == every
        assert answer(finding_newest(viewer, "khongco", None, 50)) == []


@pytest.mark.requirement(127)
def test_what_is_ready_and_at_work_is_what_is_visible_of_it(desk: Desk, viewers: list[Viewer]):
    some_dossiers(desk)
    settled(desk, received(desk))
    seen = set()
    for viewer in viewers:
        keys = visible_dossiers(viewer).order_by().values("pk")
        at_work = StepInstance.objects.filter(dossier__in=keys, dossier__ended_at=None, ended_at=None)
        begun = set(at_work.filter(state__in=BEGUN, begun_at__isnull=False).order_by().values_list("pk", flat=True))
        assert set(of_units(viewer).order_by().values_list("pk", flat=True)) == begun
        waiting = set(visible_dossiers(viewer).filter(state="settled").order_by().values_list("pk", flat=True))
        assert set(ready(viewer).order_by().values_list("pk", flat=True)) == waiting
        seen |= {len(begun), len(waiting)}
    assert len(seen) > 3


NUMBER = "012345678901"


@pytest.mark.parametrize(
    ("text", "words", "numbers", "codes"),
    [
        ("", (), (), ()),
        ("Trần  Thị LAN", ("tran", "thi", "lan"), (), ()),
        ("12345678", ("12345678",), (), ()),  # eight digits may stand anywhere
        ("123456789", (), ("123456789",), ()),
        ("lan 012345678901", ("lan",), (NUMBER,), ()),
        ("012345678901x", ("012345678901x",), (), ()),
        ("xa-mot-261123-0001", (), (), ("xa-mot-261123-0001",)),
        ("H49.12-261123-0001 Lan", ("lan",), (), ("H49.12-261123-0001",)),
        ("261123-0001", ("261123-0001",), (), ()),
        ("xa-mot-261123-001", ("xa-mot-261123-001",), (), ()),  # a digit is missing
    ],
)
def test_whole_numbers_and_codes_are_looked_up_as_such(text: str, words: object, numbers: object, codes: object):
    assert sought(text) == Sought(words, numbers, codes)  # type: ignore[arg-type]
    assert sought(text).in_words == Sought(tuple(fold(text).split())) or numbers or codes


def test_a_whole_number_finds_its_owner_and_where_nobody_has_it_what_it_stands_in(desk: Desk):
    procedure = desk.procedures[BIRTH]
    owners = [received(desk, intake=intake(procedure, number=NUMBER, name=f"Hồ Thị {name}")) for name in "ABC"]
    about = received(desk, intake=replace(intake(procedure), subject=f"Theo giấy số {NUMBER} và 998877665"))
    viewer = viewer_of(unsaved_account(desk.receiver), TODAY)

    def found(text: str, behind: int | None = None, most: int = 50) -> list[Dossier]:
        return answer(finding_newest(viewer, text, behind, most))

    assert found(NUMBER) == owners[::-1], "not what only mentions it"
    assert found(f"ho {NUMBER} thi b") == [owners[1]]
    assert [found(NUMBER, owners[2].pk, 1), found(NUMBER, owners[0].pk)] == [[owners[1]], []]
    assert found("998877665") == [about] and found("998877665", about.pk) == []
    assert found("345678901") == [about, *owners[::-1]], "a part of it"
    for code in (owners[1].code, owners[1].code.upper()):
        assert found(code) == [owners[1]]
    assert found(f"{owners[1].code} {NUMBER}") == [owners[1]] and found(f"{about.code} {NUMBER}") == [about]
    assert found("xa-mot-991231-0001") == found("000000000") == []


def test_a_page_of_what_is_not_counted_says_so_only_where_there_is_more(rf: RequestFactory):
    rows = [Dossier(pk=key) for key in range(250, 0, -1)]
    random = Random(3)

    def finding(behind: int | None, most: int) -> Reads[list[Dossier]]:
        return Reads((), lambda: [one for one in rows if behind is None or one.pk < behind][:most])

    page = answer(page_uncounted(rf.get("/ho-so/"), finding))
    assert (page["rows"], page["total"]) == (rows[:100], None) and page["next"].endswith("sau=151")
    last = answer(page_uncounted(rf.get("/ho-so/", {"sau": "51"}), finding))
    assert (last["rows"], last["total"], last["next"]) == (rows[200:], None, "")
    nonsense = random.choice(["x", "-1", "9" * 30])
    assert answer(page_uncounted(rf.get("/ho-so/", {"sau": nonsense}), finding))["rows"] == rows[:100]
    del rows[100:]
    whole = answer(page_uncounted(rf.get("/ho-so/"), finding))
    assert (whole["rows"], whole["total"], whole["next"]) == (rows, 100, "")
