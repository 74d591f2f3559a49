"""Proposed mappings: for the shipped samples, for odd headings, and what is admitted to be unsure."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from cchc.ledger.mapping_reading import load_mapping, read_mapping
from cchc.ledger.running import run_log
from cchc.ledger.suggesting import suggest_mapping
from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from tests.ledger.logs import AS_OF, Written, write
from tests.support import rooms

SAMPLES = rooms.SOURCE / "ledger" / "samples"
LOGS = ("igate-nhat-ky.csv", "buoc-bat-dau-ket-thuc.csv", "so-theo-doi.xlsx")


def chosen(path: Path) -> dict[str, str]:
    return {role: candidate.column for role, candidate in suggest_mapping(path).casting.chosen.items()}


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.long
def test_the_mapping_of_each_sample_is_found(log):
    made = load_mapping((SAMPLES / log).with_suffix(".yaml"))
    found = chosen(SAMPLES / log)
    for role in ("case", "activity", "time", "start", "official", "role", "unit", "procedure", "received", "finished",
                 "due", "first_due"):  # fmt: skip
        assert found.get(role) == getattr(made, role), role


@pytest.mark.crossing
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("log", LOGS)
def test_the_proposal_can_be_tried_at_once(tmp_path, log, language):
    made = read_mapping(suggest_mapping(SAMPLES / log).to_yaml(language), "m.yaml")
    outcome = run_log(SAMPLES / log, made, Calendar.load(made.calendar), tmp_path / "out", as_of=AS_OF)
    assert outcome.is_accepted and outcome.summary["counts"]["dossiers"] == 10


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    folder = tmp_path_factory.mktemp("samples")
    return {
        log: Written(run_log(SAMPLES / log, made, Calendar.load(made.calendar), folder / log, as_of=AS_OF))
        for log in LOGS
        for made in [load_mapping((SAMPLES / log).with_suffix(".yaml"))]
    }


@pytest.mark.requirement(71, 72)
def test_the_samples_tell_one_story(results):
    """Ten dossiers, five late, two of these open; nine or ten of them have the same late minutes in all three."""
    late = {log: dict(written.dossiers.select("dossier", "late_minutes").rows()) for log, written in results.items()}
    assert late[LOGS[0]] == late[LOGS[1]] == late[LOGS[2]]
    assert sum(minutes > 0 for minutes in late[LOGS[0]].values()) == 5
    for written in results.values():
        assert written.dossiers["open"].sum() == 2 and written.rejects == []


def test_the_register_knows_the_first_appointment(results):
    moved = results["so-theo-doi.xlsx"].dossiers.filter(pl.col("late_first_minutes") > pl.col("late_minutes"))
    assert moved.select("dossier", "late_first_minutes").rows() == [("H99.01.02-260306-0001", 600)]


def test_who_sat_on_the_late_ones_is_named_and_waiting_is_not_his(results):
    officials = results["igate-nhat-ky.csv"].officials
    assert "Hệ thống" not in officials["official"].to_list()
    charged = officials.filter(pl.col("late_overrun") > 0)["official"].unique().to_list()
    assert {"Phạm Thị Lan", "Trần Minh Tuấn", "Lê Văn Dũng"} <= set(charged)
    waits = results["igate-nhat-ky.csv"].spells.filter(step="Chờ bổ sung hồ sơ")
    assert waits["holder_kind"].to_list() == ["applicant"]


def test_the_samples_are_labelled_as_such():
    assert "MẪU" in (SAMPLES / LOGS[0]).read_text("utf-8-sig").splitlines()[0]
    assert all(line.endswith(("sample", "mẫu")) for line in (SAMPLES / LOGS[1]).read_text("utf-8").splitlines())
    assert "invented" in (SAMPLES / "README.md").read_text("utf-8").lower()


def log_of(columns: dict[str, list[str]], folder: Path) -> Path:
    path = folder / "log.csv"
    pl.DataFrame(columns).write_csv(path)
    return path


def moments(rows: int, form: str = "%d/%m/%Y %H:%M") -> list[str]:
    start = pl.datetime(2026, 3, 2, 8)
    frame = pl.select(pl.datetime_range(start, start + timedelta(minutes=rows - 1), "1m").alias("t"))
    return frame["t"].dt.strftime(form).to_list()


def test_headings_that_say_nothing_are_guessed_and_marked(tmp_path):
    columns = {
        "c1": [f"HS-{n // 3:04}" for n in range(60)],
        "c2": ["Nhận", "Xét", "Ký"] * 20,
        "c3": moments(60),
        "c4": ["Nguyễn Thị Hoa", "Trần Minh Tuấn", "Lê Văn Dũng"] * 20,
    }
    suggestion = suggest_mapping(log_of(columns, tmp_path))
    assert {r: c.column for r, c in suggestion.casting.chosen.items()} == {
        "case": "c1", "activity": "c2", "time": "c3", "official": "c4",
    }  # fmt: skip
    assert not any(suggestion.casting.is_sure(role) for role in suggestion.casting.chosen)
    assert suggestion.to_yaml("vi").count("  # ?") == 4
    assert set(suggestion.document("en")["unsure"]) == {"case", "activity", "time", "official"}


def test_a_rival_is_named(tmp_path):
    columns = {
        "case": [f"{n // 3}" for n in range(60)],
        "activity": ["a", "b", "c"] * 20,
        "Timestamp": moments(60),
        "End time": moments(60),
    }
    suggestion = suggest_mapping(log_of(columns, tmp_path))
    assert not suggestion.casting.is_sure("time")
    assert "End time" in suggestion.to_yaml("en").splitlines()[3]


def test_what_is_missing_is_said_and_refused(tmp_path):
    suggestion = suggest_mapping(log_of({"a": ["x", "y"], "b": ["1", "2"]}, tmp_path))
    assert "time" in suggestion.missing
    assert "time:  # ? " in suggestion.to_yaml("vi")
    with pytest.raises(DomainError) as refused:
        suggestion.check()
    assert refused.value.code == "ledger.nothing_to_suggest" and refused.value.exit_code == 1


def test_an_empty_log_has_nothing_to_suggest(tmp_path):
    with pytest.raises(DomainError) as refused:
        suggest_mapping(write(tmp_path, "a,b\n"))
    assert refused.value.code == "ledger.no_rows"


def test_columns_for_signals_and_hints_are_found_by_their_headings(tmp_path):
    columns = {
        "Mã hồ sơ": [f"HS-{n // 4:04}" for n in range(60)],
        "Tên bước": ["Nhận", "Xét", "Trình", "Ký"] * 15,
        "Thời gian thực hiện": moments(60),
        "Thời gian ghi nhận": moments(60),
        "Ngày ký kết quả": ["05/03/2026"] * 60,
    }
    found = chosen(log_of(columns, tmp_path))
    assert (found["time"], found["recorded"], found["result"]) == tuple(columns)[2:]


@pytest.mark.parametrize(
    ("column", "values", "key"),
    [
        ("Ngày hẹn trả", ["05/03/2026 00:00"], "due_time: end_of_day"),
        ("Ngày hẹn trả", ["05/03/2026"], None),
        ("Ngày kết thúc xử lý", ["05/03/2026"], "bare_dates: end_of_day"),
        ("Ngày kết thúc xử lý", ["05/03/2026 08:00", ""], "open_until: 2026-03-05T08:00"),
        ("lifecycle:transition", ["start", "complete"], "events: both"),
        ("Cán bộ xử lý", ["admin1", "Hệ thống", "An", "NULL"], 'system_accounts: ["Hệ thống", "admin1"]'),
        ("Cán bộ xử lý", ["admin1", "Hệ thống", "An", "NULL"], 'nulls: ["", "NULL"]'),
        ("Tên bước", ["Chờ bổ sung hồ sơ", "Ký"], '#   "Chờ bổ sung hồ sơ": applicant'),
        ("Tên bước", ["Nộp thuế, phí", "Ký"], '#   "Nộp thuế, phí": payment'),
    ],
)
def test_further_keys_come_from_the_values(tmp_path, column, values, key):
    columns = {
        "Mã hồ sơ": [f"HS-{n // 4:04}" for n in range(60)],
        "Tên bước": ["Nhận", "Xét", "Trình", "Ký"] * 15,
        "Thời gian thực hiện": moments(60),
    } | {column: (values * 60)[:60]}
    text = suggest_mapping(log_of(columns, tmp_path)).to_yaml("vi")
    read_mapping(text, "m.yaml")
    if key is None:
        assert "due_time" not in text
    else:
        assert any(line.startswith(key) for line in text.splitlines()), text


def dated(stamps: list[str], **more: list[str]) -> dict[str, list[str]]:
    """A log of cases in three steps at these moments."""
    rows = len(stamps)
    steps = {"case": [f"{n // 3}" for n in range(rows)], "activity": ["a", "b", "c"] * (rows // 3), "timestamp": stamps}
    return steps | {name.replace("_", " "): (values * rows)[:rows] for name, values in more.items()}


def line_of(key: str, columns: dict[str, list[str]], folder: Path) -> str | None:
    """What is proposed for a key, with its comment; the proposal can be loaded."""
    text = suggest_mapping(log_of(columns, folder)).to_yaml("en")
    read_mapping(text, "m.yaml")
    return next((line for line in text.splitlines() if line.startswith(f"{key}:")), None)


@pytest.mark.parametrize(
    ("form", "due", "calendar", "doubt"),
    [
        ("2026-%m-%dT%H:%M", "2026-04-02", "vn", "the working calendar"),
        ("2011-%m-%dT%H:%M", "2011-04-02", "vn", "outside"),  # nobody says that this was in the Netherlands
        ("2011-%m-%dT%H:%M:%S+01:00", "2011-04-02", "nl", "whether"),
        ("2011-%m-%dT%H:%M:%S+0100", "2011-04-02", "nl", "whether"),
        ("2011-%m-%dT%H:%M:%S+07:00", "2011-04-02", "vn", "outside"),
        ("2011-%m-%dT%H:%M:%SZ", "2011-04-02", "vn", "outside"),
        ("2011-%m-%dT%H:%M:%S+01:00", "2015-04-02", "vn", "outside"),  # no calendar has both
        ("2026-%m-%dT%H:%M", "2035-04-02", "vn", "outside"),
    ],
)
def test_the_calendar_proposed_covers_the_log_and_is_of_its_time_zone(tmp_path, form, due, calendar, doubt):
    line = line_of("calendar", dated(moments(60, form), due_date=[due]), tmp_path)
    assert line.startswith(f"calendar: {calendar}  #") and doubt in line


@pytest.mark.long
def test_the_time_zone_of_typed_moments_is_known(tmp_path):
    stamps = pl.Series(moments(60, "2011-%m-%dT%H:%M:%S+01:00")).str.to_datetime(time_zone="Europe/Amsterdam")
    pl.DataFrame(dated(moments(60)) | {"timestamp": stamps}).write_parquet(tmp_path / "log")
    assert suggest_mapping(tmp_path / "log").values["calendar"] == "nl"


@pytest.mark.parametrize(
    ("stamps", "finished", "until"),
    [
        (["2026-03-02T08:59"], ["", "2026-03-02T08:30"], "2026-03-02T08:59"),
        (["2026-03-02T01:59:30Z"], ["", "2026-03-02T01:30Z"], "2026-03-02T08:59"),  # civil time, as the run reads it
        (["2026-03-02T08:59"], ["", "2026-03-05T10:00"], "2026-03-05T10:00"),  # an end counts that comes after
        (["2026-03-02T08:59"], ["", "2099-03-05T10:00"], "2026-03-02T08:59"),  # one that cannot be does not
        (["2026-03-02T08:59"], ["", "2026-03-05"], "2026-03-06T00:00"),  # nor before its day is over
        (["2026-03-02T08:59"], ["2026-03-05T10:00"], None),
    ],
)
def test_the_moment_of_judgement_is_the_last_event_or_end(tmp_path, stamps, finished, until):
    line = line_of("open_until", dated(stamps * 60, finished=finished), tmp_path)
    assert (line and line.split()[1]) == until


def test_what_comes_after_the_sample_counts_too(tmp_path):
    """The first thousands of rows are all ended in March; the last one is still open in April."""
    rows = 6_000
    columns = dated(["2026-03-02T08:59"] * rows, finished=["2026-03-03T10:00"])
    columns["timestamp"][-1], columns["finished"][-1] = "2026-04-01T10:00", ""
    assert line_of("open_until", columns, tmp_path).startswith("open_until: 2026-04-01T10:00")
    made = read_mapping(suggest_mapping(tmp_path / "log.csv").to_yaml("vi"), "m.yaml")
    outcome = run_log(tmp_path / "log.csv", made, Calendar.load("vn"), tmp_path / "out", as_of=AS_OF)
    assert outcome.is_accepted and outcome.summary["counts"]["after_open_until"] == 0


def test_hostile_values_stay_in_their_comment(tmp_path):
    columns = {
        "case": [f"{n // 3}" for n in range(60)],
        "activity": ["a\nlimits: {x", 'b"', "c\r\nevents: both"] * 20,
        "timestamp": moments(60),
    }
    assert read_mapping(suggest_mapping(log_of(columns, tmp_path)).to_yaml("vi"), "m").limits == ()
