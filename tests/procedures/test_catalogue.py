"""The catalogue in the database: what is received where and when, versions one after another, files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from cchc.audit.models import AuditEvent
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from cchc.procedures import uses
from cchc.procedures.actions.catalogue import ProcedureFacts, change_procedure
from cchc.procedures.actions.entries import import_entries
from cchc.procedures.actions.versions import (
    draft_version,
    end_version,
    publish_version,
    rewrite_version,
    withdraw_version,
)
from cchc.procedures.loading import load
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.planning import plan
from cchc.procedures.queries.catalogue import get_procedure, procedures_in_force, settling_unit, with_words
from cchc.procedures.queries.versions import get_version, kept_version_on, version_on, versions_of
from cchc.procedures.uses import Use
from cchc.records.errors import DomainError
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline
from cchc.worktime import Calendar
from cchc.worktime.limits import Limit
from tests.factories.organizations import BY_TESTS, TODAY, official, unit
from tests.factories.procedures import PLAIN, STEPS, dated, procedure, published, recorded

pytestmark = pytest.mark.django_db
SHIPPED = Path(str(resources.files("cchc.procedures") / "shipped" / "mau-cap-xa.yaml"))


class Places:
    """A province with a department, its one-stop, and a commune with its one-stop."""

    def __init__(self) -> None:
        self.province = unit("tinh")
        self.department = unit("so", self.province, "department")
        self.center = unit("trung-tam", self.province, "one_stop")
        self.commune = unit("xa", self.province)
        self.desk = unit("mot-cua-xa", self.commune, "one_stop")
        self.other = unit("tinh-khac", kind="province")


@pytest.fixture
def places() -> Places:
    return Places()


def looking(places: Places, role: str = "", over: str = "province") -> Viewer:
    holds = (Hold(role, getattr(places, over).pk, True),) if role else ()
    return Viewer(TODAY, official(f"x-{role or 'khong'}-{over}"), holds=holds)


def refused(error: pytest.ExceptionInfo[DomainError]) -> str:
    return error.value.problems[0].code


@pytest.mark.requirement(87)
def test_a_unit_receives_what_units_of_its_level_carry_out(places: Places) -> None:
    birth = procedure(places.province)
    plot = procedure(places.province, "1.004203", level="province", settled_by=places.department)
    own = procedure(places.commune, "XA-01")
    procedure(places.other, "9.000001")
    recorded(places.province, "1.000002")
    viewer = looking(places)

    def received(place: str, day: date = TODAY) -> list[Procedure]:
        return list(procedures_in_force(viewer, getattr(places, place), day))

    assert received("desk") == received("commune") == [birth, own]
    assert received("center") == received("department") == [plot]
    assert received("other") == []
    assert received("desk", date(2025, 12, 31)) == []
    assert settling_unit(birth, places.desk, TODAY) == places.commune
    assert settling_unit(plot, places.center, TODAY) == places.department
    assert settling_unit(get_procedure(viewer, "1.004203"), places.center, TODAY) == places.department


@pytest.mark.requirement(43, 79)
def test_the_version_of_the_day_is_what_is_planned(places: Places) -> None:
    birth = procedure(places.province)
    longer = (STEPS[0], replace(STEPS[1], limit=Limit(9, "working_days")))
    published(birth, dated(date(2026, 7, 1), limit=Limit(10, "working_days"), steps=longer))
    first, second = ProcedureVersion.objects.filter(procedure=birth).order_by("starts_on")
    assert (first.ends_on, second.ends_on) == (date(2026, 6, 30), None)
    assert version_on(birth, date(2026, 6, 30)).value == PLAIN
    assert version_on(birth, date(2026, 7, 1)).value.limit == Limit(10, "working_days")
    assert kept_version_on(birth, date(2026, 7, 1)) == second
    received = datetime(2026, 11, 30, 9, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    steps = plan(version_on(birth, received.date()).value, Calendar.load("vn"), received)
    assert [one.step.id for one in steps] == ["receive", "settle"]
    with pytest.raises(DomainError) as error:
        version_on(birth, date(2025, 12, 31))
    assert refused(error) == "records.not_in_force"


def test_words_are_found_without_tone_marks(places: Places) -> None:
    birth, _ = procedure(places.province), procedure(places.province, "1.2", name=LocalText("Khai tử"))
    for text in ("dang ky khai", "KHAI SINH", "1.001193", "ho tich birth"):
        assert list(with_words(Procedure.objects.order_by("pk"), text)) == [birth]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 1), None),
        (date(2025, 6, 1), None),
        (date(2025, 6, 1), date(2026, 1, 1)),
        (date(2026, 3, 1), None),
    ],
)
def test_two_versions_never_hold_on_one_day(places: Places, start: date, end: date | None) -> None:
    birth = recorded(places.province)
    published(birth, dated(date(2026, 1, 1), date(2026, 6, 30)))
    made = draft_version(**BY_TESTS, procedure=birth, dated=dated(start, end))
    with pytest.raises(DomainError) as error:
        publish_version(**BY_TESTS, version=made, expected_edition=1)
    assert refused(error) == "procedures.days_taken"


def test_days_on_both_sides_are_free(places: Places) -> None:
    birth = recorded(places.province)
    published(birth, dated(date(2026, 1, 1), date(2026, 6, 30)))
    published(birth, dated(date(2025, 1, 1), date(2025, 12, 31)))
    published(birth, dated(date(2026, 7, 1)))
    assert ProcedureVersion.objects.filter(procedure=birth, state="published").count() == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"extensions": 2}, "procedures.too_many_extensions"),
        ({"limit": Limit(1, "working_days")}, "procedures.steps_exceed"),
        ({"limit": Limit(30, "calendar_days")}, "procedures.limits_not_comparable"),
        ({"online": "partial"}, "procedures.partial_without_reason"),
        ({"portal": "ở đây"}, "procedures.not_an_address"),
        ({"steps": ()}, "records.missing_key"),
    ],
)
def test_what_a_file_could_not_say_is_not_kept(places: Places, change: dict[str, object], code: str) -> None:
    birth = recorded(places.province)
    with pytest.raises(DomainError) as error:
        draft_version(**BY_TESTS, procedure=birth, dated=dated(**change))  # type: ignore[arg-type]
    assert refused(error) == code


def test_a_source_and_a_doubt_are_asked_for(places: Places) -> None:
    birth, days = recorded(places.province), Validity(date(2026, 1, 1))
    for source, verified, code in (
        (Source("  "), Verification(True), "procedures.source_missing"),
        (Source("QĐ 1"), Verification(False, " "), "procedures.doubt_missing"),
    ):
        with pytest.raises(DomainError) as error:
            draft_version(**BY_TESTS, procedure=birth, dated=Dated(PLAIN, days, source, verified))
        assert refused(error) == code
    doubted = Dated(PLAIN, days, Source("QĐ 1"), Verification(False, "chưa đối chiếu", "not compared"))
    made = draft_version(**BY_TESTS, procedure=birth, dated=doubted)
    assert made.dated.verification == doubted.verification


def test_a_published_version_is_never_rewritten_and_a_stale_click_is_told(places: Places) -> None:
    birth = recorded(places.province)
    made = draft_version(**BY_TESTS, procedure=birth, dated=dated())
    again = rewrite_version(**BY_TESTS, version=made, dated=dated(extensions=0), expected_edition=1)
    assert again.value.extensions == 0 and again.content_hash != made.content_hash
    with pytest.raises(DomainError) as error:
        rewrite_version(**BY_TESTS, version=made, dated=dated(), expected_edition=1)
    assert refused(error) == "procedures.version_stale"
    out = publish_version(**BY_TESTS, version=again, expected_edition=2)
    with pytest.raises(DomainError) as error:
        rewrite_version(**BY_TESTS, version=out, dated=dated(), expected_edition=3)
    assert refused(error) == "procedures.not_in_state"


@pytest.fixture
def in_use() -> Iterator[list[date]]:
    """The days on which things were received by any version, as another room would say."""
    days: list[date] = []

    class Found:
        def __init__(self, after: date | None) -> None:
            self.after = after

        def count(self) -> int:
            return sum(self.after is None or day > self.after for day in days)

    kind = Use("dossiers.received", LocalText("hồ sơ", "dossiers"), lambda _, after: Found(after))  # type: ignore[arg-type,return-value]
    with patch.object(uses, "offers", lambda *_: {kind.code: kind}):
        yield days


@pytest.mark.requirement(43)
def test_what_was_received_by_a_version_keeps_it(places: Places, in_use: list[date]) -> None:
    birth = procedure(places.province)
    version = kept_version_on(birth, TODAY)
    in_use.append(date(2026, 8, 3))
    later = draft_version(**BY_TESTS, procedure=birth, dated=dated(date(2026, 7, 1)))
    for act in (
        lambda: withdraw_version(**BY_TESTS, version=version, reason="nhầm", expected_edition=2),
        lambda: end_version(
            **BY_TESTS, version=version, last_day=date(2026, 8, 2), reason="bãi bỏ", expected_edition=2
        ),
        lambda: publish_version(**BY_TESTS, version=later, expected_edition=1),
    ):
        with pytest.raises(DomainError) as error:
            act()
        assert refused(error) == "procedures.version_used"
    ended = end_version(**BY_TESTS, version=version, last_day=date(2026, 8, 3), reason="bãi bỏ", expected_edition=2)
    assert ended.ends_on == date(2026, 8, 3)
    with pytest.raises(DomainError) as error:
        end_version(**BY_TESTS, version=ended, last_day=TODAY, reason="bãi bỏ", expected_edition=3)
    assert refused(error) == "procedures.ended_before"


def test_a_version_that_nobody_used_is_withdrawn_with_a_reason(places: Places) -> None:
    birth = procedure(places.province)
    version = kept_version_on(birth, TODAY)
    with pytest.raises(DomainError):
        withdraw_version(**BY_TESTS, version=version, reason=" ", expected_edition=2)
    withdraw_version(**BY_TESTS, version=version, reason="ghi nhầm", expected_edition=2)
    with pytest.raises(DomainError):
        version_on(birth, TODAY)
    published(birth, dated())
    assert ProcedureVersion.objects.filter(state="withdrawn", withdrawn_because="ghi nhầm").count() == 1
    events = AuditEvent.objects.filter(kind__startswith="procedures.").order_by("sequence")
    drafted_published = ["procedures.version_drafted", "procedures.version_published"]
    assert list(events.values_list("kind", flat=True)) == [
        "procedures.procedure_recorded", *drafted_published, "procedures.version_withdrawn", *drafted_published,
    ]  # fmt: skip


def test_drafts_are_seen_by_those_who_keep_the_catalogue(places: Places) -> None:
    birth = procedure(places.province)
    draft = draft_version(**BY_TESTS, procedure=birth, dated=dated(date(2027, 1, 1)))
    alone = recorded(places.province, "1.000002")
    keeper = looking(places, "procedure_control_officer")
    elsewhere = looking(places, "procedure_control_officer", "other")
    assert versions_of(keeper, birth).count() == 2 and get_version(keeper, draft.pk) == draft
    assert get_procedure(keeper, alone.code) == alone
    for viewer in (elsewhere, looking(places, "receiving_officer"), public_viewer(TODAY)):
        assert versions_of(viewer, birth).count() == 1
        with pytest.raises(DomainError) as error:
            get_version(viewer, draft.pk)
        assert refused(error) == "procedures.version_not_found"
        with pytest.raises(DomainError) as error:
            get_procedure(viewer, alone.code)
        assert refused(error) == "procedures.procedure_not_found"


def test_codes_are_national_and_what_is_called_otherwise_is_noted(places: Places) -> None:
    birth = recorded(places.province)
    for code, expected in (("1.001193", "procedures.code_known"), ("mã số", "procedures.bad_code")):
        with pytest.raises(DomainError) as error:
            recorded(places.commune, code)
        assert refused(error) == expected
    facts = ProcedureFacts(LocalText("Khai sinh"), LocalText(" Hộ  tịch "), "commune", LocalText("UBND xã"))
    changed = change_procedure(**BY_TESTS, procedure=birth, facts=facts, expected_version=1)
    assert (changed.name_vi, changed.field_vi, changed.version) == ("Khai sinh", "Hộ tịch", 2)
    with pytest.raises(DomainError) as error:
        change_procedure(**BY_TESTS, procedure=birth, facts=facts, expected_version=1)
    assert refused(error) == "procedures.procedure_stale"
    empty = ProcedureFacts(LocalText(" "), LocalText("x"), "commune", LocalText("x"))
    with pytest.raises(DomainError) as error:
        change_procedure(**BY_TESTS, procedure=birth, facts=empty, expected_version=2)
    assert refused(error) == "procedures.incomplete"


@pytest.mark.requirement(35, 79)
def test_a_file_is_written_once_and_says_nothing_new_the_second_time(places: Places) -> None:
    entries = load(SHIPPED)
    first = import_entries(**BY_TESTS, keeper=places.province, entries=entries, is_sample=True)
    assert (first.recorded, first.changed, first.published) == (2, 0, 3)
    again = import_entries(**BY_TESTS, keeper=places.province, entries=entries, is_sample=True)
    assert (again.recorded, again.changed, again.published) == (0, 0, 0)
    birth, land = Procedure.objects.order_by("code")
    assert birth.is_sample and [one.ends_on for one in land.versions.order_by("starts_on")] == [date(2026, 6, 30), None]
    assert version_on(land, TODAY).value == entries[1].versions.as_of(TODAY).value
    with pytest.raises(DomainError) as error:
        import_entries(**BY_TESTS, keeper=places.commune, entries=entries)
    assert refused(error) == "procedures.kept_elsewhere"


def test_a_file_that_says_otherwise_takes_the_place_of_what_nobody_used(places: Places, in_use: list[date]) -> None:
    (entry, *_) = load(SHIPPED)
    birth = recorded(places.province, "MAU-001")
    wrong = published(birth, dated())
    done = import_entries(**BY_TESTS, keeper=places.province, entries=[entry])
    assert (done.recorded, done.changed, done.published) == (0, 1, 1)
    wrong.refresh_from_db()
    assert wrong.state == "withdrawn" and version_on(birth, TODAY).value == entry.versions.as_of(TODAY).value
    in_use.append(TODAY)
    published_now = kept_version_on(birth, TODAY)
    other = replace(entry, versions=Timeline("x", [dated()]))
    with pytest.raises(DomainError) as error:
        import_entries(**BY_TESTS, keeper=places.province, entries=[other])
    assert refused(error) == "procedures.version_used"
    assert kept_version_on(birth, TODAY) == published_now
