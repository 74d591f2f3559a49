"""The contract of a log mapping, clause by clause, from a file to what is written. 2 March 2026 is a Monday."""

from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest

from cchc.ledger.mapping_reading import read_mapping
from cchc.records.errors import DomainError
from tests.ledger.logs import BASE, mapping, run, shown, utc

TWO = """
    case,step,at,who
    D,Nhận,2026-03-02 08:00,An
    D,Xét,2026-03-02 09:00,Bình
    D,Ký,2026-03-02 11:00,Châu
"""


class TestReading:
    def test_a_completed_event_was_held_by_its_actor_since_the_event_before(self, tmp_path):
        assert run(tmp_path, TWO).spans("step", "holder", "working_minutes") == [
            ("02 08:00", "02 08:00", "Nhận", "An", 0),
            ("02 08:00", "02 09:00", "Xét", "Bình", 60),
            ("02 09:00", "02 11:00", "Ký", "Châu", 120),
        ]

    def test_rows_are_ordered_by_full_stamp_then_by_row_and_then_floored(self, tmp_path):
        written = run(
            tmp_path,
            """
            case,step,at,who
            D,thứ ba,2026-03-02 08:00:40,An
            D,thứ tư,2026-03-02 08:00:40,An
            D,thứ hai,2026-03-02 08:00:39.9,An
            D,thứ nhất,2026-03-02 07:59:59,An
            """,
        )
        assert written.spans("step") == [
            ("02 07:59", "02 07:59", "thứ nhất"),
            ("02 07:59", "02 08:00", "thứ hai"),
            ("02 08:00", "02 08:00", "thứ ba"),
            ("02 08:00", "02 08:00", "thứ tư"),
        ]

    def test_rows_without_case_activity_or_readable_time_are_rejects(self, tmp_path):
        written = run(
            tmp_path,
            """
            case,step,at,who
            D,Nhận,2026-03-02 08:00,An
            ,Xét,2026-03-02 09:00,An
            D,,2026-03-02 09:00,An
            D,Xét,,An
            D,Xét,hôm qua,An
            D,Xét,31/02/2026 08:00,An
            D,Ký,2026-03-02 10:00,An,thừa
            D,Trả,2026-03-02 11:00,An
            """,
        )
        assert written.rejects == [
            (2, "no_case"), (3, "no_activity"), (4, "no_time"), (5, "unreadable_time"), (6, "unreadable_time"),
            (7, "torn_row"),
        ]  # fmt: skip
        assert written.spans("step") == [("02 08:00", "02 08:00", "Nhận"), ("02 08:00", "02 11:00", "Trả")]
        assert written.counts["rows"] == 8 and written.counts["rejects"] == 6

    @pytest.mark.parametrize(
        ("at", "is_inside"),
        [
            ("2026-02-28 23:59", False),
            ("2026-03-01 00:00", True),
            ("2026-04-30 23:59", True),
            ("2026-05-01 00:00", True),  # 24:00 of the last day
            ("2026-05-01 00:01", False),
            ("9999-12-31 00:00", False),
        ],
    )
    def test_all_rows_of_a_case_with_a_stamp_outside_the_calendar_are_rejects(self, tmp_path, at, is_inside):
        written = run(tmp_path, f"case,step,at,who\nD,a,2026-03-02 08:00,An\nE,a,2026-03-02 08:00,An\nD,b,{at},An\n")
        assert written.rejects == ([] if is_inside else [(1, "outside_calendar"), (3, "outside_calendar")])
        assert written.dossiers["dossier"].to_list() == (["D", "E"] if is_inside else ["E"])

    @pytest.mark.crossing
    @pytest.mark.parametrize("key", ["received", "finished", "due", "first_due"])
    @pytest.mark.parametrize(
        ("value", "reason"),
        [("2027-01-01 00:00", "outside_calendar"), ("hôm nào đó", "unreadable_date"), ("2026-03-03 08:00", None)],
    )
    def test_other_moments_of_a_case_may_reject_it_too(self, tmp_path, key, value, reason):
        made = mapping(**{"due": "y", "open_until": "2026-04-01T00:00", key: "x"})
        text = f"case,step,at,who,x,y\nD,a,2026-03-02 08:00,An,,\nD,b,2026-03-02 09:00,An,{value},\n"
        after_judgement = key in {"received", "finished"} and reason == "outside_calendar"
        assert run(tmp_path, text, made).rejects == (
            [(1, reason), (2, reason)] if reason and not after_judgement else []
        )

    @pytest.mark.parametrize(("limit", "is_inside"), [("{calendar_days: 28}", True), ("{calendar_days: 29}", False)])
    def test_a_computed_due_outside_the_calendar_rejects_the_case(self, tmp_path, limit, is_inside):
        text = "case,step,at,who\nD,a,2026-04-02 08:00,An\nE,a,2026-03-02 08:00,An\n"
        written = run(tmp_path, text, mapping(due=limit))
        assert written.rejects == ([] if is_inside else [(1, "outside_calendar")])

    def test_values_that_mean_nothing(self, tmp_path):
        text = """
            case,step,at,who
            D,Nhận,2026-03-02 08:00,EMPTY
            D,EMPTY,2026-03-02 09:00,An
            D,Ký,nil,An
            nil,Ký,2026-03-02 09:00,An
            D, Ký ,2026-03-02 10:00,  nil
        """
        written = run(tmp_path, text, mapping(nulls="[EMPTY, nil]"))
        assert written.rejects == [(2, "no_activity"), (3, "no_time"), (4, "no_case")]
        assert written.spans("step", "holder_kind", "holder") == [
            ("02 08:00", "02 08:00", "Nhận", "queue", "U"), ("02 08:00", "02 10:00", "Ký", "queue", "U"),
        ]  # fmt: skip

    def test_a_null_value_is_a_value_where_it_is_not_named_so(self, tmp_path):
        assert run(tmp_path, "case,step,at,who\nD,a,2026-03-02 08:00,EMPTY\n").spells["holder"].to_list() == ["EMPTY"]

    def test_text_is_kept_in_its_composed_form(self, tmp_path):
        text = "case,step,at,who\nD,Nha\u0323\u0302n,2026-03-02 08:00,Bi\u0300nh\nD,Nhận,2026-03-02 09:00,Bình\n"
        spells = run(tmp_path, text).spells
        assert spells["step"].unique().to_list() == ["Nhận"] and spells["holder"].unique().to_list() == ["Bình"]

    def test_a_named_column_the_log_lacks_is_exit_two_and_nothing_is_left(self, tmp_path):
        with pytest.raises(DomainError) as refused:
            run(tmp_path, TWO, mapping(role="chức vụ"))
        assert refused.value.exit_code == 2 and refused.value.code == "ledger.column_missing"
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["log.csv"]

    def test_naive_stamps_are_civil_time_of_the_log_which_also_reads_the_calendar(self, tmp_path):
        """The office opens at 8 in whatever civil time the log is read."""
        made = mapping(time_zone="Europe/Amsterdam")
        written = run(tmp_path, "case,step,at,who\nD,a,2026-03-02 08:00,An\nD,b,2026-03-02T08:00:00Z,An\n", made)
        assert written.spells["from_at"].to_list()[1] == datetime.fromisoformat("2026-03-02T07:00+00:00")
        assert written.spells["working_minutes"].to_list() == [0, 60]  # 08:00 to 09:00 in Amsterdam
        assert written.outcome.summary["time_zone"] == "Europe/Amsterdam"


class TestMomentsOfDossiers:
    TEXT = """
        case,step,at,who,nhận,hẹn,hẹn đầu,xong
        D,a,2026-03-03 08:00,An,2026-03-02 08:00,2026-03-04 09:00,2026-03-03 09:00,2026-03-05 10:00
        D,b,2026-03-04 08:00,Bình,2026-03-02 08:00,2026-03-04 09:00,2026-03-03 09:00,2026-03-05 10:00
    """

    def dossier(self, written):
        return written.dossiers.row(0, named=True)

    def test_by_default_from_the_first_to_the_last_event(self, tmp_path):
        dossier = self.dossier(run(tmp_path, self.TEXT))
        assert (dossier["received_at"], dossier["finished_at"]) == (utc(3, "08:00"), utc(4, "08:00"))
        assert (dossier["open"], dossier["late"], dossier["late_minutes"]) == (False, None, 0)

    def test_columns_give_receipt_and_end_and_what_no_event_shows_is_nobodys(self, tmp_path):
        written = run(tmp_path, self.TEXT, mapping(received="nhận", finished="xong"))
        assert written.spans("step", "holder_kind", "holder", "working_minutes") == [
            ("02 08:00", "03 08:00", "before_first_event", "queue", "U", 480),
            ("03 08:00", "03 08:00", "a", "official", "An", 0),
            ("03 08:00", "04 08:00", "b", "official", "Bình", 480),
            ("04 08:00", "05 10:00", "after_last_event", "queue", "U", 600),
        ]

    def test_two_appointments(self, tmp_path):
        written = run(tmp_path, self.TEXT, mapping(finished="xong", due="hẹn", first_due="hẹn đầu"))
        dossier = self.dossier(written)
        assert (dossier["due_at"], dossier["first_due_at"]) == (utc(4, "09:00"), utc(3, "09:00"))
        assert (dossier["late_minutes"], dossier["late_first_minutes"]) == (540, 1020)

    @pytest.mark.long
    def test_without_a_first_appointment_it_is_the_current_one(self, tmp_path):
        dossier = self.dossier(run(tmp_path, self.TEXT, mapping(due="hẹn")))
        assert dossier["first_due_at"] == dossier["due_at"] == utc(4, "09:00")
        text = self.TEXT.replace("2026-03-03 09:00", "")
        dossier = self.dossier(run(tmp_path, text, mapping(due="hẹn", first_due="hẹn đầu")))
        assert dossier["first_due_at"] == utc(4, "09:00")

    @pytest.mark.parametrize(
        ("due", "expected"),
        [
            ("{working_minutes: 481}", utc(3, "08:01")),
            ("{working_minutes: 480}", utc(2, "17:00")),
            ("{working_minutes: 0}", utc(2, "08:00")),
            ("{working_days: 1}", utc(2, "17:00")),
            ("{working_days: 5}", utc(6, "17:00")),
            ("{working_days: 6}", utc(9, "17:00")),
            ("{calendar_days: 3}", utc(5, "08:00")),
            ("{calendar_days: 5}", utc(9, "08:00")),
        ],
    )
    def test_a_due_date_counted_from_the_receipt(self, tmp_path, due, expected):
        text = self.TEXT.replace("2026-03-02 08:00,2026-03-04 09:00", "2026-03-02 08:00:59,")
        assert self.dossier(run(tmp_path, text, mapping(received="nhận", due=due)))["due_at"] == expected

    @pytest.mark.parametrize(
        ("written", "due_time", "expected"),
        [
            ("2026-03-04 09:00", "as_written", utc(4, "09:00")),
            ("2026-03-04 00:00", "as_written", utc(4, "00:00")),
            ("2026-03-04", "as_written", utc(5, "00:00")),
            ("04/03/2026", "as_written", utc(5, "00:00")),
            ("2026-03-04 09:00", "end_of_day", utc(5, "00:00")),
            ("2026-03-04 00:00", "end_of_day", utc(5, "00:00")),
            ("2026-03-04", "end_of_day", utc(5, "00:00")),
            ("2026-03-03T18:00:00Z", "end_of_day", utc(5, "00:00")),
        ],
    )
    def test_a_date_in_disguise(self, tmp_path, written, due_time, expected):
        text = self.TEXT.replace("2026-03-04 09:00", written)
        assert self.dossier(run(tmp_path, text, mapping(due="hẹn", due_time=due_time)))["due_at"] == expected

    def test_end_of_day_holds_for_both_appointments(self, tmp_path):
        made = mapping(due="hẹn", first_due="hẹn đầu", due_time="end_of_day")
        dossier = self.dossier(run(tmp_path, self.TEXT, made))
        assert (dossier["due_at"], dossier["first_due_at"]) == (utc(5, "00:00"), utc(4, "00:00"))

    @pytest.mark.parametrize(("bare_dates", "end"), [("", utc(5, "00:00")), ("end_of_day", utc(6, "00:00"))])
    def test_an_end_without_a_time(self, tmp_path, bare_dates, end):
        text = self.TEXT.replace("2026-03-05 10:00", "05/03/2026")
        dossier = self.dossier(run(tmp_path, text, mapping(finished="xong", bare_dates=bare_dates)))
        assert dossier["finished_at"] == end

    def test_a_receipt_without_a_time_is_at_midnight_always(self, tmp_path):
        text = self.TEXT.replace("2026-03-02 08:00", "02/03/2026")
        dossier = self.dossier(run(tmp_path, text, mapping(received="nhận", bare_dates="end_of_day")))
        assert dossier["received_at"] == utc(2, "00:00")

    def test_a_missing_receipt_is_the_first_event(self, tmp_path):
        text = self.TEXT.replace("2026-03-02 08:00", "")
        assert self.dossier(run(tmp_path, text, mapping(received="nhận")))["received_at"] == utc(3, "08:00")

    def test_of_several_words_the_first_on_receipt_and_the_last_on_end_and_due_count(self, tmp_path):
        text = """
            case,step,at,who,nhận,hẹn,xong
            D,a,2026-03-03 08:00,An,2026-03-02 08:00,2026-03-03 09:00,
            D,b,2026-03-04 08:00,Bình,2026-03-01 08:00,2026-03-04 09:00,2026-03-05 10:00
            D,c,2026-03-04 09:00,Bình,,,
        """
        made = mapping(received="nhận", due="hẹn", finished="xong", open_until="2026-04-01T00:00")
        written = run(tmp_path, text, made)
        dossier = self.dossier(written)
        moments = [dossier[name] for name in ("received_at", "due_at", "finished_at")]
        assert moments == [utc(2, "08:00"), utc(4, "09:00"), utc(5, "10:00")]
        assert written.counts["contradictory"] == 1


class TestOpenDossiers:
    TEXT = """
        case,step,at,who,xong,hẹn
        D,a,2026-03-02 08:00,An,,2026-03-03 08:00
        D,b,2026-03-03 09:00,An,,2026-03-03 08:00
        D,c,2026-03-05 08:00,An,,2026-03-03 08:00
        E,a,2026-03-02 08:00,An,2026-03-02 09:00,2026-03-03 08:00
        F,a,2026-03-06 08:00,An,,2026-03-09 08:00
    """

    def test_an_open_dossier_needs_a_moment_of_judgement(self, tmp_path):
        with pytest.raises(DomainError) as refused:
            run(tmp_path, self.TEXT, mapping(finished="xong", due="hẹn"))
        assert refused.value.code == "ledger.open_until_missing" and refused.value.exit_code == 1
        assert refused.value.problems[0].message.params == {"open": 2, "example": "D"}
        assert not (tmp_path / "out").exists()

    def test_nothing_after_it_is_read(self, tmp_path):
        written = run(tmp_path, self.TEXT, mapping(finished="xong", due="hẹn", open_until="2026-03-04T08:00"))
        assert written.dossiers["dossier"].to_list() == ["D", "E"]
        assert written.counts["after_open_until"] == 2
        assert written.spells.filter(dossier="D").select(shown("to_at"), "step", "holder_kind").rows() == [
            ("02 08:00", "a", "official"), ("03 09:00", "b", "official"), ("04 08:00", "after_last_event", "queue"),
        ]  # fmt: skip
        row = written.dossiers.filter(dossier="D").row(0, named=True)
        assert (row["open"], row["finished_at"], row["late"], row["late_minutes"]) == (True, None, True, 480)

    def test_an_end_after_it_is_no_end_yet(self, tmp_path):
        made = mapping(finished="xong", open_until="2026-03-02T08:30")
        assert run(tmp_path, self.TEXT, made).dossiers.filter(dossier="E")["open"].to_list() == [True]

    @pytest.mark.parametrize(("until", "rows"), [("2026-03-03T08:59", 1), ("2026-03-03T09:00", 2)])
    def test_an_event_in_its_very_minute_is_read(self, tmp_path, until, rows):
        written = run(
            tmp_path, self.TEXT.replace("03 09:00", "03 09:00:59"), mapping(finished="xong", open_until=until)
        )
        assert written.spells.filter(pl.col("dossier") == "D", pl.col("step").is_in(["a", "b"])).height == rows

    def test_a_dossier_received_after_it_is_not_there_yet(self, tmp_path):
        text = "case,step,at,who,nhận\nD,a,2026-03-02 08:00,An,2026-03-05 08:00\nE,a,2026-03-02 08:00,An,\n"
        written = run(tmp_path, text, mapping(received="nhận", open_until="2026-03-04T08:00"))
        assert written.dossiers["dossier"].to_list() == ["E"] and written.counts["after_open_until"] == 1

    @pytest.mark.parametrize("until", ["2026-02-28T23:59", "2026-05-01T00:01"])
    def test_it_must_lie_in_the_calendar(self, tmp_path, until):
        with pytest.raises(DomainError) as refused:
            run(tmp_path, self.TEXT, mapping(finished="xong", open_until=until))
        assert refused.value.code == "ledger.open_until_outside"


class TestLimitsAndHolders:
    def test_the_example_of_the_contract(self, tmp_path):
        """Limits 100, 100, 100, worked 200, 50, 130: L = 80, over-limit 100, 0, 30, charged 61, 0, 19."""
        text = """
            case,step,at,who,hẹn
            D,Nhận,2026-03-02 08:00,An,2026-03-02 14:00
            D,Một,2026-03-02 11:20,An,2026-03-02 14:00
            D,Hai,2026-03-02 13:10,Bình,2026-03-02 14:00
            D,Ba,2026-03-02 15:20,Châu,2026-03-02 14:00
        """
        written = run(tmp_path, text, mapping(due="hẹn", limits='{"*": {working_minutes: 100}}'))
        charged = written.spells.select("working_minutes", "overrun_minutes", "late_minutes", "late_overrun").rows()
        assert charged[1:] == [(200, 100, 61, 61), (50, 0, 0, 0), (130, 30, 19, 19)]

    def test_the_first_pattern_in_file_order_and_capitals_count(self, tmp_path):
        limits = '{"Xét": {working_minutes: 10}, "X*": {working_minutes: 20}, "ký": {working_minutes: 0}}'
        written = run(tmp_path, TWO, mapping(limits=limits))
        assert written.spells["overrun_minutes"].to_list() == [0, 50, 0]

    def test_each_occurrence_has_the_limit_anew(self, tmp_path):
        text = TWO + "    D,Xét,2026-03-02 14:00,An\n"
        written = run(tmp_path, text, mapping(limits="{Xét: {working_minutes: 50}}"))
        assert written.spells["overrun_minutes"].to_list() == [0, 10, 0, 70]

    def test_a_limit_that_ends_after_the_calendar_is_never_exceeded(self, tmp_path):
        limits = "{Xét: {working_days: 500}, Ký: {calendar_days: 500}, Nhận: {working_minutes: 999999999}}"
        assert run(tmp_path, TWO, mapping(limits=limits)).spells["overrun_minutes"].to_list() == [0, 0, 0]

    @pytest.mark.parametrize("holder", ["applicant", "agency", "payment", "suspension"])
    def test_activities_that_wait(self, tmp_path, holder):
        written = run(tmp_path, TWO, mapping(holders=f"{{X*: {holder}}}"))
        assert written.spells.filter(step="Xét").select("holder_kind", "holder").rows() == [(holder, None)]
        assert "Bình" not in written.officials["official"].to_list()

    def test_system_accounts_are_never_named(self, tmp_path):
        written = run(tmp_path, TWO, mapping(system_accounts="[Bình]"))
        assert written.spells.select("holder_kind", "holder").rows()[1] == ("system", "U")
        for name in ("spells", "officials", "signals", "hints"):
            assert "Bình" not in str(getattr(written, name).to_dict(as_series=False))

    def test_nobody_is_a_queue(self, tmp_path):
        written = run(tmp_path, TWO.replace("Bình", ""))
        assert written.spells.select("holder_kind", "holder").rows()[1] == ("queue", "U")

    def test_a_shared_queue_names_nobody(self, tmp_path):
        written = run(tmp_path, TWO, mapping(gap="unit", limits="{Xét: {working_minutes: 10}}"))
        assert set(written.spells["holder_kind"]) == {"queue"} and written.officials.height == 0
        assert written.spells["overrun_minutes"].to_list() == [0, 50, 0]

    def test_units_procedures_and_roles_come_from_columns(self, tmp_path):
        text = "case,step,at,who,đv,tt,cv\nD,a,2026-03-02 08:00,An,U1,P,\nD,b,2026-03-02 09:00,An,U2,P,ký\n"
        written = run(tmp_path, text, mapping(unit="đv", procedure="tt", role="cv"))
        assert written.spells.select("unit", "role").rows() == [("U1", None), ("U2", "ký")]
        assert written.dossiers.select("unit", "procedure").rows() == [("U2", "P")]

    def test_dossiers_are_counted_by_the_field_that_the_log_tells(self, tmp_path):
        text = "case,step,at,who,đv,lv\nD,a,2026-03-02 08:00,An,U1,Đất đai\nE,a,2026-03-02 09:00,An,U1,\n"
        written = run(tmp_path, text, mapping(unit="đv", field="lv"))
        assert written.dossiers.sort("dossier")["field"].to_list() == ["Đất đai", None]
        counts = pl.read_parquet(tmp_path / "out" / "dossier_counts.parquet")
        assert counts.sort("field").select("field", "dossiers").rows() == [(None, 1), ("Đất đai", 1)]

    def test_a_constant_procedure(self, tmp_path):
        assert run(tmp_path, TWO, mapping(procedure="{constant: Khai sinh}")).dossiers["procedure"].to_list() == [
            "Khai sinh"
        ]


class TestLifeCycle:
    TEXT = """
        case,step,at,who,lc
        D,a,2026-03-02 08:00,An,start
        D,b,2026-03-02 08:30,Bình,START
        D,a,2026-03-02 09:00,An,schedule
        D,a,2026-03-02 10:00,Châu,Complete
        D,b,2026-03-02 11:00,Bình,complete
        D,c,2026-03-02 11:30,Dung,complete
        D,d,2026-03-02 13:30,An,start
        D,e,2026-03-02 14:00,An,
    """

    def test_both_pair_and_what_is_unpaired(self, tmp_path):
        made = mapping(events="both", lifecycle="lc", open_until="2026-03-02T15:00")
        written = run(tmp_path, self.TEXT, made)
        assert written.outcome.summary["ignored"] == {"schedule": 1, "": 1}
        assert written.counts["without_start"] == written.counts["running"] == 1
        assert written.spans("step", "holder", "holder_kind") == [
            ("02 08:00", "02 08:30", "a", "Châu", "official"),
            ("02 08:30", "02 11:00", "b", "Bình", "official"),  # of two that run, the one that ends last
            ("02 11:00", "02 11:30", "c", "Dung", "official"),
            ("02 11:30", "02 13:30", "d", "An", "official"),
            ("02 13:30", "02 13:30", "d", "An", "official"),
        ]  # fmt: skip

    @pytest.mark.crossing
    @pytest.mark.parametrize("waits_for", ["applicant", "agency", "payment", "suspension"])
    @pytest.mark.parametrize(
        ("who", "gap", "before"),
        [
            ("Bình", "official", ("official", "Bình", 120)),
            ("", "official", ("queue", "U", 120)),
            ("admin", "official", ("queue", "U", 120)),
            ("Bình", "unit", ("queue", "U", 120)),
        ],
    )
    def test_nobody_is_waited_for_before_the_waiting_begins(self, tmp_path, waits_for, who, gap, before):
        """Until then whoever asks has the dossier: that time is neither somebody else's nor suspended."""
        text = f"""
            case,step,at,who,lc
            D,a,2026-03-02 08:00,An,start
            D,a,2026-03-02 09:00,An,complete
            D,W,2026-03-02 11:00,{who},start
            D,W,2026-03-02 16:00,{who},complete
        """
        made = mapping(
            events="both", lifecycle="lc", gap=gap, holders=f"{{W: {waits_for}}}", system_accounts="[admin]",
            due="{working_minutes: 60}",
        )  # fmt: skip
        written = run(tmp_path, text, made)
        waited = 0 if waits_for == "suspension" else 240
        assert written.spans("step", "holder_kind", "holder", "late_minutes") == [
            ("02 08:00", "02 09:00", "a", "official", "An", 0),
            ("02 09:00", "02 11:00", "W", *before),
            ("02 11:00", "02 16:00", "W", waits_for, None, waited),
        ]
        assert written.signals.height == 0

    def test_completions_alone(self, tmp_path):
        written = run(tmp_path, self.TEXT, mapping(lifecycle="lc"))
        assert written.spells["step"].to_list() == ["a", "b", "c"]
        assert written.outcome.summary["ignored"] == {"start": 2, "START": 1, "schedule": 1, "": 1}

    def test_starts_alone_last_until_the_next_event(self, tmp_path):
        written = run(tmp_path, self.TEXT, mapping(events="started", lifecycle="lc"))
        assert written.spans("step") == [
            ("02 08:00", "02 08:30", "a"), ("02 08:30", "02 13:30", "b"), ("02 13:30", "02 13:30", "d"),
        ]  # fmt: skip

    def test_without_a_column_every_row_counts(self, tmp_path):
        assert run(tmp_path, self.TEXT, mapping(events="started")).counts["steps"] == 8

    def test_a_started_step_that_nothing_follows_is_no_zero_length_step(self, tmp_path):
        text = "case,step,at,who\nD,a,2026-03-02 08:00,An\nD,b,2026-03-02 09:00,An\n"
        assert run(tmp_path, text, mapping(events="started")).signals["signal"].to_list() == []


class TestStartsAndEndsInOneRow:
    TEXT = """
        case,step,từ,at,who
        D,a,2026-03-02 08:00,2026-03-02 09:00,An
        D,b,2026-03-02 10:00,2026-03-02 11:00,Bình
        D,c,2026-03-02 14:00,,Châu
        E,a,2026-03-02 08:00,2026-03-02 09:00,An
        E,b,,2026-03-02 10:00,An
        E,c,2026-03-02 12:00,2026-03-02 11:00,An
    """

    def test_a_step_without_an_end_is_still_running(self, tmp_path):
        made = mapping(start="từ", open_until="2026-03-03T09:00", limits="{c: {working_minutes: 60}}")
        written = run(tmp_path, self.TEXT, made)
        spells = written.spells.filter(dossier="D")
        assert spells.select(shown("from_at"), shown("to_at"), "step", "holder", "overrun_minutes").rows() == [
            ("02 08:00", "02 09:00", "a", "An", 0),
            ("02 09:00", "02 10:00", "b", "Bình", 0),
            ("02 10:00", "02 11:00", "b", "Bình", 0),
            ("02 11:00", "02 14:00", "c", "Châu", 0),
            ("02 14:00", "03 09:00", "c", "Châu", 180),
        ]
        assert written.dossiers["open"].to_list() == [True, False]
        assert written.officials.filter(official="Châu")["steps"].to_list() == [1]

    def test_a_running_step_needs_a_moment_of_judgement(self, tmp_path):
        with pytest.raises(DomainError) as refused:
            run(tmp_path, self.TEXT, mapping(start="từ"))
        assert refused.value.code == "ledger.open_until_missing"

    def test_a_missing_or_impossible_start_is_the_event_before(self, tmp_path):
        written = run(tmp_path, self.TEXT, mapping(start="từ", open_until="2026-03-03T09:00"))
        spells = written.spells.filter(dossier="E")
        assert spells.select(shown("from_at"), shown("to_at"), "step").rows() == [
            ("02 08:00", "02 09:00", "a"), ("02 09:00", "02 10:00", "b"), ("02 10:00", "02 11:00", "c"),
        ]  # fmt: skip
        assert written.counts["reversed"] == 1 and written.counts["without_start"] == 2

    def test_what_begins_after_the_judgement_is_not_read_and_what_ends_after_it_is_running(self, tmp_path):
        written = run(tmp_path, self.TEXT, mapping(start="từ", open_until="2026-03-02T10:30"))
        assert written.counts["after_open_until"] == 2
        assert written.spells.filter(dossier="D")["to_at"].max() == utc(2, "10:30")
        assert written.dossiers["open"].to_list() == [True, False]


class TestSignals:
    def test_an_end_or_a_due_date_before_receipt(self, tmp_path):
        text = """
            case,step,at,who,nhận,hẹn,xong
            D,a,2026-03-02 09:00,An,2026-03-02 08:00,2026-03-02 07:59,2026-03-02 07:58
            E,a,2026-03-02 09:00,An,2026-03-02 08:00,2026-03-02 08:00,2026-03-02 08:00
        """
        written = run(tmp_path, text, mapping(received="nhận", due="hẹn", finished="xong"))
        assert written.dossiers.select("dossier", "late_minutes").rows() == [("D", 0), ("E", 0)]
        found = written.signals.filter(dossier="D").select("signal", shown("at")).rows()
        assert ("end_before_receipt", "02 07:58") in found and ("due_before_receipt", "02 07:59") in found
        signals = written.signals.filter(dossier="E")["signal"].to_list()
        assert not {"end_before_receipt", "due_before_receipt"} & set(signals)

    def test_an_appointment_that_was_moved_after_it_passed(self, tmp_path):
        text = """
            case,step,at,who,hẹn
            D,a,2026-03-02 08:00,An,2026-03-03 08:00
            D,b,2026-03-04 08:00,Bình,2026-03-06 08:00
            E,a,2026-03-02 08:00,An,2026-03-05 08:00
            E,b,2026-03-04 08:00,Bình,2026-03-06 08:00
        """
        moved = run(tmp_path, text, mapping(due="hẹn")).signals.filter(signal="due_moved_after_passing")
        assert moved.select("dossier", "official", shown("at")).rows() == [("D", "Bình", "04 08:00")]

    @pytest.mark.parametrize(("dossiers", "asked"), [(4, 0), (5, 5)])
    def test_many_closed_in_one_minute_across_dossiers(self, tmp_path, dossiers, asked):
        rows = "".join(f"D{n},a,2026-03-02 08:0{n},An\nD{n},b,2026-03-02 10:00:{n:02},Bình\n" for n in range(dossiers))
        assert run(tmp_path, "case,step,at,who\n" + rows).signals.filter(signal="batch_closing").height == asked

    @pytest.mark.parametrize(("events", "asked"), [("completed", [("b", "02 09:00")]), ("started", [])])
    def test_a_step_recorded_long_after_the_time_it_states(self, tmp_path, events, asked):
        """More than an hour later. Where only starts are noted nobody recorded an end."""
        text = """
            case,step,at,who,recorded
            D,a,2026-03-02 08:00,An,2026-03-02 08:00
            D,b,2026-03-02 09:00,Bình,2026-03-02 10:01:59
            D,c,2026-03-02 11:00,Châu,2026-03-02 12:00:59
            D,d,2026-03-02 12:00,An,
        """
        written = run(tmp_path, text, mapping(recorded="recorded", events=events))
        found = written.signals.filter(signal="back_dated").select("official", shown("at"), "reason").rows()
        assert [(at, step in reason) for _, at, reason in found for step, _ in asked] == [(at, True) for _, at in asked]
        assert [official for official, *_ in found] == ["Bình"] * len(asked)

    @pytest.mark.parametrize(
        ("results", "is_hinted"),
        [
            (("", "2026-03-03 08:00"), True),
            (("", "03/03/2026"), True),
            (("", "2026-03-03 08:01"), False),
            (("2026-03-02", "2026-03-04"), False),  # ready with the last of several
            (("", ""), False),
        ],
    )
    def test_a_late_dossier_whose_result_is_dated_before_the_appointment(self, tmp_path, results, is_hinted):
        text = f"""
            case,step,at,who,due,result
            D,a,2026-03-02 08:00,An,2026-03-03 08:00,{results[0]}
            D,b,2026-03-05 09:00,Bình,2026-03-03 08:00,{results[1]}
        """
        written = run(tmp_path, text, mapping(due="due", result="result"))
        assert written.hints.filter(hint="result_before_due").height == is_hinted
        assert written.counts["contradictory"] == 0


def test_the_base_of_these_tests_is_a_mapping():
    assert read_mapping(BASE, "m.yaml").case == "case"
