"""What a published list says, as anybody can check it: canonical JSON, its hash, the chain of errata, the sums.

Pure: who got the file needs nothing of ours but this module, which the command `cchc oversight verify` runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from cchc.records.errors import Problem, problem, refuse

FORMAT: Final = "cchc.monthly-list/1"
OVERDUE: Final = "overdue"
LATE: Final = "late_minutes"
"""What an overdue entry is charged; a slow one owes none."""
OVERRUN: Final = "overrun_minutes"
"""By how much a slow entry went over the limit of its own step. The two are never added to each other."""
_FROZEN: Final = ("version", "previous_sha256", "errata", "totals")
"""What may differ between two versions of a list, beside the sums of its officials and shares."""
_SUMS: Final = ("overdue", "slow", LATE, OVERRUN)

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a file: how many versions and errata, the hash of the newest, everything that is wrong."""

    unit: str
    month: str
    versions: int
    errata: int
    sha256: str
    problems: Sequence[Problem]


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write it: keys in order, no blanks, letters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of its canonical JSON in UTF-8."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def summed(content: Content) -> Content:
    """The same with every sum and rank worked out from its entries; an entry struck by an erratum counts nowhere."""
    made = deepcopy(content)
    struck = {(one["official"], one["entry"]) for one in made["errata"] if one["struck"]}
    overdue = dict[int, int]()
    for official in made["officials"]:
        counted = [one for one in official["entries"] if (official["number"], one["number"]) not in struck]
        official.update(summed_up((one["class"], one.get(measure_of(one["class"]), 0)) for one in counted))
        overdue[official["number"]] = sum(one["class"] == OVERDUE and one.get("of_month", True) for one in counted)
    _rank(made["officials"], made["minimum"], overdue)
    for one in made["unnamed"]:
        whole = _late_of(made["officials"], one["unit"]) + _late_of(made["unnamed"], one["unit"])
        one["share_per_mille"] = one[LATE] * 1000 // whole if whole else 0
    made["totals"] = {
        "officials": len(made["officials"]),
        **{name: sum(one[name] for one in made["officials"]) for name in _SUMS},
        **{f"unnamed_{name}": sum(one[name] for one in made["unnamed"]) for name in (LATE, OVERRUN)},
    }
    return made


def measure_of(klass: str) -> str:
    """Under which name an entry of a class has its minutes."""
    return LATE if klass == OVERDUE else OVERRUN


def summed_up(entries: Iterable[tuple[str, int]]) -> dict[str, int]:
    """How many entries are overdue and slow, and the minutes of each class, given class and minutes of each."""
    made = dict.fromkeys(_SUMS, 0)
    for klass, minutes in entries:
        made[OVERDUE if klass == OVERDUE else "slow"] += 1
        made[measure_of(klass)] += minutes
    return made


def _late_of(rows: Iterable[Mapping[str, Any]], unit: str) -> int:
    return sum(one[LATE] for one in rows if one["unit"] == unit)


def _rank(officials: Sequence[Content], minimum: int, overdue: Mapping[int, int]) -> None:
    """By the share of the month's dossiers that are overdue, the highest first; nobody below the minimum, nor without
    any. What an earlier list left out is no part of this month's volume, and moves no rank.
    """
    shares = {
        one["number"]: Fraction(overdue[one["number"]], one["volume"])
        for one in officials
        if one["volume"] >= max(minimum, 1) and overdue[one["number"]]
    }
    for one in officials:
        share = shares.get(one["number"])
        one["rank"] = None if share is None else 1 + sum(other > share for other in shares.values())


def corrected(content: Content, erratum: Mapping[str, Any]) -> Content:
    """The next version: the erratum beside the name, chained to the version before."""
    made = deepcopy(content)
    made["errata"].append(dict(erratum))
    made["version"] += 1
    made["previous_sha256"] = hash_of(content)
    return summed(made)


def file_of(versions: Sequence[Mapping[str, Any]], publication: Mapping[str, Any]) -> str:
    """What is taken along: every version, the first one first, with its hash, and on what it was published."""
    listed = [{"sha256": hash_of(one), "content": one} for one in versions]
    whole = {"format": FORMAT, "publication": publication, "versions": listed}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def check(text: bytes) -> Checked:
    """Everything that a file claims, worked out anew. Raises `oversight.file_unreadable` for what is no such file."""
    try:
        whole = json.loads(text)
        versions = whole["versions"]
        if whole["format"] != FORMAT or not versions:
            raise refuse("oversight.file_unreadable")
        newest = versions[-1]["content"]
        problems = list(_problems(versions))
        return Checked(
            str(newest["unit"]["name"]), str(newest["month"]), len(versions), len(newest["errata"]),
            hash_of(newest), problems,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise refuse("oversight.file_unreadable") from None


def _problems(versions: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    before: Mapping[str, Any] | None = None
    for place, version in enumerate(versions, start=1):
        content = version["content"]
        if hash_of(content) != version["sha256"]:
            yield problem("oversight.hash_differs", number=place)
        if content["version"] != place or content["previous_sha256"] != ("" if before is None else hash_of(before)):
            yield problem("oversight.chain_broken", number=place)
        if summed(content) != content or not _is_measured_by_class(content):
            yield problem("oversight.sums_differ", number=place)
        if before is not None and not _only_corrects(before, content):
            yield problem("oversight.more_than_corrected", number=place)
        before = content


def _is_measured_by_class(content: Mapping[str, Any]) -> bool:
    """Whether every entry has the minutes of its class, and none of the other: those would be summed nowhere."""
    entries = (one for official in content["officials"] for one in official["entries"])
    return all({LATE, OVERRUN} & one.keys() == {measure_of(one["class"])} for one in entries)


def _only_corrects(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether nothing but errata were added, and what follows from them."""
    kept = after["errata"][: len(before["errata"])] == before["errata"] and len(after["errata"]) > len(before["errata"])
    return kept and _base(before) == _base(after)


def _base(content: Mapping[str, Any]) -> Content:
    made = {name: deepcopy(value) for name, value in content.items() if name not in _FROZEN}
    for one in made["officials"]:
        for name in (*_SUMS, "rank"):
            one.pop(name, None)
    for one in made["unnamed"]:
        one.pop("share_per_mille", None)
    return made
