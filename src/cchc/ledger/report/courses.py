"""The delay course of each dossier: every stretch with its holder, what was allowed and used, who is charged what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from cchc.ledger.report.gathering import Gathered, Listed, Row
from cchc.ledger.report.markup import Cell, Heading, bar, chip, element, facts, legend, part, table
from cchc.ledger.report.people import left_out
from cchc.ledger.report.wording import Words
from cchc.records.search import sort_key

ON_PAGE: Final = 100  # dossiers with their courses
_UNIT: Final = ("queue", "system")
_AT_WORK: Final = ("official", "system")


@dataclass(frozen=True, slots=True)
class Charged:
    """The late minutes of a dossier by who is charged: officials by name, the unit, others by kind."""

    by_name: Sequence[tuple[str, int]]
    unit: int
    others: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        """All parts together."""
        return self.unit + sum(minutes for _, minutes in (*self.by_name, *self.others))


def charged(dossier: str, gathered: Gathered) -> Charged:
    """What the holders of one dossier are charged, people in dictionary order."""
    names: list[tuple[str, int]] = []
    kinds: dict[str, int] = defaultdict(int)
    for row in gathered.charges.get(dossier, ()):
        if row["holder_kind"] == "official":
            names.append((row["holder"], row["late_minutes"]))
        else:
            kinds[row["holder_kind"]] += row["late_minutes"]
    others = [(kind, late) for kind, late in sorted(kinds.items()) if kind not in _UNIT]
    return Charged(sorted(names, key=lambda pair: sort_key(pair[0])), sum(kinds[kind] for kind in _UNIT), others)


def courses_part(gathered: Gathered, words: Words) -> Element:
    """The most late dossiers as a list, then one by one; how many more there are."""
    return _part(gathered, gathered.late.first(ON_PAGE), "courses_caption", words)


def chosen_part(gathered: Gathered, words: Words) -> Element:
    """All dossiers of `gathered.late`, chosen by name: as a list, then one by one."""
    return _part(gathered, gathered.late, "chosen_caption", words)


def _part(gathered: Gathered, late: Listed, caption_code: str, words: Words) -> Element:
    title = words.say("courses")
    if not late.rows:
        return part("courses", title, element("p", words.say("courses_none"), class_="empty"))
    columns = ("dossier", "procedure", "unit", "received", "first_due", "due", "finished", "late", "charged")
    headings = [Heading(words.say(f"col_{column}")) for column in columns]
    rows = (_listed(number, row, gathered, words) for number, row in enumerate(late.rows, 1))
    caption = words.say(caption_code, shown=len(late.rows), late=late.total)
    in_words = element("p", words.say("courses_left_out", rows=late.left_out)) if late.left_out else None
    courses = (_course(number, row, gathered, words) for number, row in enumerate(late.rows, 1))
    return part("courses", title, table("late", caption, headings, rows), in_words, _legend(words), *courses)


def _listed(number: int, row: Row, gathered: Gathered, words: Words) -> list[Cell]:
    return [
        element("a", words.text(row["dossier"]), href=f"#course-{number}"),
        words.text(row["procedure"]),
        words.text(row["unit"]),
        words.moment(row["received_at"]),
        words.due(row["first_due_at"]),
        words.due(row["due_at"]),
        _finished(row, words),
        words.duration(row["late_minutes"]),
        charged_in_words(charged(row["dossier"], gathered), words),
    ]


def charged_in_words(parts: Charged, words: Words) -> str:
    """`Trần C: 3 giờ 20 phút; đơn vị: 10 phút`."""
    known = [*((words.text(name), late) for name, late in parts.by_name)]
    if parts.unit:
        known.append((words.say("unit"), parts.unit))
    known += [(words.kind(kind), late) for kind, late in parts.others]
    return "; ".join(f"{name}: {words.duration(late)}" for name, late in known) or words.text(None)


def _finished(row: Row, words: Words) -> str:
    return words.say("still_open") if row["open"] else words.moment(row["finished_at"])


def _legend(words: Words) -> Element:
    looks = (("used", "legend_used"), ("wait", "legend_waited"), ("over", "legend_over"), ("dots", "legend_suspended"),
             ("", "legend_allotted"))  # fmt: skip
    return legend(*((look, words.say(name)) for look, name in looks))


def _course(number: int, row: Row, gathered: Gathered, words: Words) -> Element:
    """One dossier: its appointments, its stretches in order, the sum that shows that nothing is lost."""
    spells = gathered.courses.get(row["dossier"], Listed((), 0))
    whole = max((max(_used(spell), spell["limit_minutes"] or 0) for spell in spells.rows), default=0)
    mark = chip("overdue", _overdue(row, words)) if row["late"] else chip("in-time", words.say("not_late"))
    title = element("h3", words.text(row["dossier"]), " ", mark, id=f"course-{number}")
    hints = [element("li", chip("unverified", words.say("to_verify")), " ", words.text(hint["reason"]))
             for hint in gathered.hints_of.get(row["dossier"], ())]  # fmt: skip
    return element(
        "article",
        title,
        facts(
            (words.say("col_procedure"), words.text(row["procedure"])),
            (words.say("col_unit"), words.text(row["unit"])),
            (words.say("col_received"), words.moment(row["received_at"])),
            (words.say("col_first_due"), words.due(row["first_due_at"])),
            (words.say("col_due"), words.due(row["due_at"])),
            (words.say("col_finished"), _finished(row, words)),
            (words.say("late_first"), words.duration(row["late_first_minutes"])),
        ),
        element("ol", *(_stretch(spell, whole, words) for spell in spells.rows), class_="timeline"),
        left_out(words, spells.left_out, "spells.parquet"),
        element("p", _sum(row, charged(row["dossier"], gathered), words), class_="sum"),
        element("ul", *hints, class_="notes") if hints else None,
        class_="course",
        aria_labelledby=f"course-{number}",
    )


def _overdue(row: Row, words: Words) -> str:
    return words.say("overdue", time=words.duration(row["late_minutes"]))


def _used(spell: Row) -> int:
    """Working minutes of the stretch, or of the whole step where it overran beside another one."""
    working: int = spell["working_minutes"]
    overrun: int = spell["overrun_minutes"]
    return max(working, spell["limit_minutes"] + overrun) if overrun else working


def _stretch(spell: Row, whole: int, words: Words) -> Element:
    who = ", ".join(_known(words.holder(spell), spell["unit"] and words.text(spell["unit"])))
    name = element("span", words.step(spell["step"]), " ", element("span", who, class_="who"), class_="name")
    return element("li", name, _bar(spell, whole), element("span", *_in_words(spell, words), class_="in-words"))


def _known(*texts: str | None) -> Iterator[str]:
    return (text for text in texts if text)


def _bar(spell: Row, whole: int) -> Element:
    if spell["holder_kind"] == "suspension":
        return bar([("dots", 0, 1)], 1)
    used, over = _used(spell), spell["overrun_minutes"]
    look = "used" if spell["holder_kind"] in _AT_WORK else "wait"
    return bar([(look, 0, used - over), ("over", used - over, over)], whole, outline=spell["limit_minutes"] or 0)


def _in_words(spell: Row, words: Words) -> Iterator[Cell]:
    yield words.say("from_to", start=words.moment(spell["from_at"]), end=words.moment(spell["to_at"]))
    if spell["holder_kind"] == "suspension":
        yield [" ", chip("paused", words.say("suspended"))]
        return
    used, limit = words.duration(_used(spell)), spell["limit_minutes"]
    yield "; " + (words.say("used", used=used) if limit is None
                  else words.say("used_of", used=used, limit=words.duration(limit)))  # fmt: skip
    if spell["overrun_minutes"]:
        yield [" ", chip("overdue", words.say("over", time=words.duration(spell["overrun_minutes"])))]
    if spell["late_minutes"]:
        yield element("strong", words.say("charge", time=words.duration(spell["late_minutes"]),
                                          how=how_charged(spell, words)))  # fmt: skip


def how_charged(spell: Row, words: Words) -> str:
    """By which rule a spell is charged, with the minutes of each where both are."""
    by_limit, late = spell["late_overrun"], spell["late_minutes"]
    if not 0 < by_limit < late:
        return words.say("rule_overrun") if by_limit else words.say("rule_holder")
    return words.say("rule_both", limit=words.duration(by_limit), holder=words.duration(late - by_limit))


def _sum(row: Row, parts: Charged, words: Words) -> str:
    """`Cộng: C 3:20 + đơn vị 0:00 = 3:20 ✓`; the tick stands only when the parts are the dossier's late minutes."""
    others = [(words.kind(kind), late) for kind, late in parts.others]
    terms = [*((words.text(name), late) for name, late in parts.by_name), (words.say("unit"), parts.unit), *others]
    added = " + ".join(f"{name} {words.hours(late)}" for name, late in terms)
    is_whole = parts.total == row["late_minutes"]
    return words.say("sum", parts=added, total=words.hours(row["late_minutes"]), mark="✓" if is_whole else "✗")
