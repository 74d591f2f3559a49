"""The workbook: the same figures as the page, more rows, minutes as numbers with their words beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from cchc.ledger import questions
from cchc.ledger.report import definitions, evidence
from cchc.ledger.report.basis import named, used
from cchc.ledger.report.courses import charged, charged_in_words, how_charged
from cchc.ledger.report.gathering import Gathered, Listed, Row
from cchc.ledger.report.people import second_rule_share, unnamed
from cchc.ledger.report.wording import Words
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_xlsx

Values = Sequence[WrittenValue]
COURSES: Final = 300  # dossiers whose spells are written out
_WIDE: Final = 30
_MIDDLE: Final = 20


def make_workbook(gathered: Gathered, words: Words) -> bytes:
    """The whole workbook."""
    return write_xlsx(list(_Book(gathered, words).sheets()))


def make_courses_workbook(gathered: Gathered, words: Words) -> bytes:
    """The dossiers of `gathered.late` and the courses of all of them."""
    book = _Book(gathered, words)
    return write_xlsx([book.dossiers(), book.courses(gathered.late)])


class _Book:
    """Makes the sheets, one after another."""

    def __init__(self, gathered: Gathered, words: Words) -> None:
        self._gathered, self._words = gathered, words

    def sheets(self) -> Iterator[SheetToWrite]:
        yield self._totals()
        yield self._people()
        yield self._months()
        yield self.dossiers()
        yield self.courses(self._gathered.late.first(COURSES))
        yield from self._evidence()
        yield self._units()
        yield self._bottlenecks()
        yield self._questions()
        yield self._definitions()
        yield self._differences()
        yield self._basis()

    def _sheet(self, name: str, columns: Sequence[Column], rows: Iterator[Values], *above: str, left: int = 0,
               file: str = "") -> SheetToWrite:  # fmt: skip
        title = self._words.say(name)
        note = [self._words.say("left_out", rows=left, file=file)] if left else []
        return SheetToWrite(title, tuple(columns), rows, (title, *above, *note), frozen_columns=1)

    def _text(self, name: str, width: int = _MIDDLE) -> Column:
        return Column(self._words.say(f"col_{name}"), width)

    def _number(self, name: str) -> Column:
        return Column(self._words.say(f"col_{name}"), 12, "number", 0)

    def _minutes(self, name: str) -> tuple[Column, Column]:
        """A number of minutes and the same in words."""
        title = self._words.say(f"col_{name}")
        return Column(self._words.say("in_minutes", name=title), 12, "number", 0), Column(title, _MIDDLE)

    def _both(self, minutes: int) -> tuple[int, str]:
        return minutes, self._words.duration(minutes)

    def _moment(self, at: datetime | None) -> datetime | None:
        return None if at is None else self._words.civil(at)

    def _totals(self) -> SheetToWrite:
        counts, words = self._gathered.summary["counts"], self._words
        by_limit = self._gathered.by_limit
        rows: list[Values] = [
            (words.say("read_dossiers"), counts["dossiers"], ""),
            (words.say("figure_late"), counts["late"], ""),
            (words.say("figure_open"), counts["late_open"], ""),
            (words.say("figure_first"), self._gathered.late_first, ""),
            (words.say("figure_minutes"), *self._both(counts["late_minutes"])),
            (words.say("figure_first_minutes"), *self._both(counts["late_first_minutes"])),
            (words.say("figure_evidenced"), counts["late_evidenced"], words.say("proposed_only")),
            (words.say("figure_evidenced_minutes"), *self._both(counts["late_evidenced_minutes"])),
            (words.say("col_by_limit"), *self._both(by_limit)),
            (words.say("col_by_holder"), *self._both(counts["late_minutes"] - by_limit)),
            (words.say("read_rows"), counts["rows"], ""),
            (words.say("read_rejects"), counts["rejects"], ""),
            (words.say("hash_log"), self._gathered.summary["log"]["sha256"], self._gathered.summary["log"]["file"]),
            (words.say("hash_calendar"), self._gathered.summary["calendar"]["hash"],
             self._gathered.summary["calendar"]["id"]),
            (words.say("hash_mapping"), self._gathered.summary["mapping"]["hash"], ""),
        ]  # fmt: skip
        columns = (Column(words.say("col_figure"), 50), Column(words.say("col_value"), _MIDDLE, "number"),
                   Column(words.say("col_in_words"), _WIDE))  # fmt: skip
        return self._sheet("totals", columns, iter(rows), words.say("internal"), words.say("day_is"))

    def _charges(self) -> tuple[Column, ...]:
        named = ("by_limit", "by_holder", "still_open", "slow")
        return (self._number("dossiers_by_limit"), *(column for name in named for column in self._minutes(name)))

    def _charged(self, row: Row) -> Iterator[WrittenValue]:
        yield row["dossiers_late_overrun"]
        late, by_limit = row["late_minutes"], row["late_overrun"]
        for minutes in (by_limit, late - by_limit, row["late_open_minutes"], row["slow_minutes"]):
            yield from self._both(minutes)

    def _interval(self) -> tuple[Column, ...]:
        return tuple(Column(self._words.say(f"col_{name}"), 12, "percent", 1) for name in ("share", "low", "high"))

    def _share(self, row: Row, is_compared: bool) -> tuple[WrittenValue, ...]:
        """Under the minimum volume no share is given."""
        if not is_compared:
            return (self._words.say("few"), None, None)
        return (Fraction(row["late_steps"], row["steps"]), row["low"], row["high"])

    def _people(self) -> SheetToWrite:
        words, people = self._words, self._gathered.people
        columns = (self._text("official", _WIDE), self._text("unit", _WIDE), self._number("steps"),
                   self._number("late_steps"), *self._interval(), *self._charges(),
                   self._number("every_rule"), self._text("proposed"))  # fmt: skip
        rows = ((*self._person(row, row["is_compared"]), words.say("yes" if row["late_overrun"] else "no"))
                for row in people.rows)  # fmt: skip
        notes = (words.say("people_rule"), words.say("rule_share", share=second_rule_share(self._gathered, words)),
                 *unnamed(self._gathered, words))  # fmt: skip
        return self._sheet("people", columns, rows, *notes, left=people.left_out, file="people.parquet")

    def _person(self, row: Row, is_compared: bool) -> Values:
        return (row["official"], row["unit"], row["steps"], row["late_steps"], *self._share(row, is_compared),
                *self._charged(row), row["dossiers_every_rule"])  # fmt: skip

    def _months(self) -> SheetToWrite:
        months = self._gathered.months
        columns = (self._text("official", _WIDE), self._text("unit", _WIDE), self._text("month", 10),
                   self._number("steps"), self._number("late_steps"), *self._interval(), *self._charges(),
                   self._number("every_rule"))  # fmt: skip
        rows = (self._person_in_month(row) for row in months.rows)
        return self._sheet("people_months", columns, rows, left=months.left_out, file="officials_fairness.parquet")

    def _person_in_month(self, row: Row) -> Values:
        name, unit, *rest = self._person(row, row["rank"] is not None)
        return (name, unit, row["month"], *rest)

    def dossiers(self) -> SheetToWrite:
        """The late dossiers, each in a row."""
        late = self._gathered.late
        dates = [Column(self._words.say(f"col_{name}"), 17, "date") for name in ("received", "first_due", "due",
                                                                                  "finished")]  # fmt: skip
        columns = (self._text("dossier", _WIDE), self._text("procedure", _WIDE), self._text("unit", _WIDE), *dates,
                   *self._minutes("late"), *self._minutes("late_first_dossiers"),
                   self._text("charged", 50))  # fmt: skip
        rows = (self._dossier(row) for row in late.rows)
        return self._sheet(
            "late_list",
            columns,
            rows,
            definitions.listed_by(self._gathered, self._words),
            left=late.left_out,
            file="dossiers.parquet",
        )

    def _dossier(self, row: Row) -> Values:
        moments = (row[f"{name}_at"] for name in ("received", "first_due", "due", "finished"))
        who = charged_in_words(charged(row["dossier"], self._gathered), self._words)
        return (row["dossier"], row["procedure"], row["unit"], *map(self._moment, moments),
                *self._both(row["late_minutes"]), *self._both(row["late_first_minutes"]), who)  # fmt: skip

    def courses(self, late: Listed) -> SheetToWrite:
        """The spells of these dossiers, each in a row."""
        moments = (Column(self._words.say(f"col_{name}"), 17, "date") for name in ("start", "end"))
        minutes = (pair for name in ("working", "limit", "overrun", "late") for pair in self._minutes(name))
        columns = (self._text("dossier", _WIDE), self._text("step", _WIDE), self._text("holder"),
                   self._text("unit", _WIDE), *moments, *minutes, self._text("how", _WIDE))  # fmt: skip
        known = (self._gathered.courses.get(row["dossier"]) for row in late.rows)
        courses = [course for course in known if course]
        rows = (self._spell(spell) for course in courses for spell in course.rows)
        above = [self._words.say("courses_in_spells", rows=late.left_out)] if late.left_out else []
        left = sum(course.left_out for course in courses)
        return self._sheet("courses_written_out", columns, rows, *above, left=left, file="spells.parquet")

    def _spell(self, spell: Row) -> Values:
        limit, late = spell["limit_minutes"], spell["late_minutes"]
        return (spell["dossier"], self._words.step(spell["step"]), self._words.holder(spell), spell["unit"],
                self._moment(spell["from_at"]), self._moment(spell["to_at"]), *self._both(spell["working_minutes"]),
                *((None, None) if limit is None else self._both(limit)), *self._both(spell["overrun_minutes"]),
                *self._both(late), how_charged(spell, self._words) if late else None)  # fmt: skip

    def _evidence(self) -> Iterator[SheetToWrite]:
        """Dossiers, officials and steps by the system's dates and by the evidenced ones."""
        gathered, notes = self._gathered, (self._words.say("proposed_only"), self._words.say("evidence_rule"))
        both = [*self._minutes("late_by_system"), *self._minutes("late_by_evidence")]
        of_dossiers = [self._text("dossier", _WIDE), self._text("unit", _WIDE),
                       *map(self._date, ("due", "finished", "evidenced")), *both, self._text("why", 60)]  # fmt: skip
        rows = (
            (row["dossier"], row["unit"], *map(self._moment, (row["due_at"], row["finished_at"], row["evidenced_at"])),
             *self._both(row["late_minutes"]), *self._both(row["late_evidenced_minutes"]),
             "; ".join(evidence.reasons(row, gathered)))
            for row in gathered.evidenced.rows
        )  # fmt: skip
        yield self._sheet("evidence_written", of_dossiers, rows, *notes, left=gathered.evidenced.left_out,
                          file="dossiers.parquet")  # fmt: skip
        of_people = [self._text("official", _WIDE), self._text("unit", _WIDE), *both,
                     *self._minutes("limit_by_system"), *self._minutes("limit_by_evidence")]  # fmt: skip
        names = ("late_minutes", "late_evidenced_minutes", "late_overrun", "late_evidenced_overrun")
        people = (
            (row["official"], row["unit"], *(value for name in names for value in self._both(row[name])))
            for row in gathered.moved.rows
        )
        yield self._sheet("evidence_of_people", of_people, people, *notes, left=gathered.moved.left_out,
                          file="people.parquet")  # fmt: skip
        of_steps = [*(self._text(name, _WIDE) for name in evidence.OF_STEPS[:4]),
                    *map(self._date, evidence.OF_STEPS[4:])]  # fmt: skip
        moments = ("from_at", "to_at", "recorded_at", "evidenced_at")
        steps = (
            (row["dossier"], self._words.step(row["step"]), row["official"], row["unit"],
             *(self._moment(row[name]) for name in moments))
            for row in gathered.step_dates.rows
        )  # fmt: skip
        yield self._sheet("evidence_of_steps", of_steps, steps, *notes, left=gathered.step_dates.left_out,
                          file="step_dates.parquet")  # fmt: skip

    def _date(self, name: str) -> Column:
        return Column(self._words.say(f"col_{name}"), 17, "date")

    def _units(self) -> SheetToWrite:
        units = self._gathered.units
        kinds = ("official", "queue", "system", "applicant", "agency", "payment")
        columns = (self._text("unit", _WIDE),
                   *(Column(self._words.say("in_minutes", name=self._words.kind(kind)), 16, "number", 0)
                     for kind in kinds), Column(self._words.say("col_unnamed"), 14, "percent", 1))  # fmt: skip
        rows = ((row["unit"], *(row[f"late_{kind}"] for kind in kinds), _unnamed_share(row)) for row in units.rows)
        return self._sheet("units", columns, rows, left=units.left_out, file="units_fairness.parquet")

    def _bottlenecks(self) -> SheetToWrite:
        listed = self._gathered.bottlenecks
        columns = (self._text("month", 10), self._number("rank"), self._text("step", _WIDE),
                   self._text("procedure", _WIDE), *self._minutes("late"), *self._minutes("overrun"))  # fmt: skip
        rows = (
            (row["month"], row["rank"], self._words.step(row["step"]), row["procedure"],
             *self._both(row["late_minutes"]), *self._both(row["overrun_minutes"]))
            for row in listed.rows
        )  # fmt: skip
        return self._sheet("bottlenecks", columns, rows, left=listed.left_out, file="bottlenecks.parquet")

    def _questions(self) -> SheetToWrite:
        columns = (self._text("question", _WIDE), self._text("dossier", _WIDE), self._text("official", _WIDE),
                   Column(self._words.say("col_at"), 17, "date"), self._text("reason", 60))  # fmt: skip
        groups = (("hint", self._gathered.hints), ("signal", self._gathered.signals))
        left = sum(found.listed.left_out for _, group in groups for found in group)
        rows = ((self._name(kind, found.id), row["dossier"], row["official"], self._moment(row["at"]), row["reason"])
                for kind, group in groups for found in group for row in found.listed.rows)  # fmt: skip
        return self._sheet("questions", columns, rows, self._words.say("questions_rule"), left=left,
                           file="hints.parquet, signals.parquet")  # fmt: skip

    def _definitions(self) -> SheetToWrite:
        """What each definition counts and says of the disputed cases."""
        words, gathered = self._words, self._gathered
        numbers = ("says_late", "says_in_time", "says_not_counted", "differs")
        columns = (self._text("definition", _WIDE), *map(self._number, numbers), self._text("source", 40),
                   self._text("verified", 40), self._text("rule", 80),
                   *(Column(case, _WIDE) for case in definitions.case_names(words)))  # fmt: skip
        rows: Iterator[Values] = (
            (words.text(dated.value.name), *definitions.counts_of(gathered, dated.value.id),
             gathered.differences[dated.value.id].total, words.source(dated), words.verified(dated),
             words.text(dated.value.rule), *definitions.cases(dated.value, words))
            for dated in definitions.rules(gathered)
        )  # fmt: skip
        return self._sheet("definitions", columns, rows, definitions.listed_by(gathered, words),
                           definitions.unknown(gathered, words))  # fmt: skip

    def _differences(self) -> SheetToWrite:
        words, gathered = self._words, self._gathered
        columns = (self._text("definition", _WIDE), *(self._text(name, _WIDE) for name in definitions.OF_DIFFERENCES))
        rows: Iterator[Values] = (
            (words.text(dated.value.name), row["dossier"], row["unit"], row["procedure"],
             *definitions.both_say(row, words))
            for dated in definitions.rules(gathered) for row in gathered.differences[dated.value.id].rows
        )  # fmt: skip
        left = sum(listed.left_out for listed in gathered.differences.values())
        return self._sheet("differences", columns, rows, definitions.listed_by(gathered, words), left=left,
                           file="disputed.parquet")  # fmt: skip

    def _basis(self) -> SheetToWrite:
        columns = (self._text("definition", _WIDE), self._text("rule", 80), self._text("source", 40),
                   self._text("verified", 40))  # fmt: skip
        words = self._words
        rows = ((named(dated, words), words.text(dated.value.rule), words.source(dated), words.verified(dated))
                for dated in used(self._gathered))  # fmt: skip
        return self._sheet("basis", columns, rows)

    def _name(self, kind: str, id: str) -> str:
        shipped = questions.shipped()
        records: Any = shipped.hints if kind == "hint" else shipped.signals
        return self._words.text(records[id].as_of(self._gathered.as_of).value.name)


def _unnamed_share(row: Row) -> Fraction | None:
    nobody = row["late_queue"] + row["late_system"]
    own = nobody + row["late_official"]
    return Fraction(nobody, own) if own else None
