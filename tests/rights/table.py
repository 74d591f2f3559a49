"""Reading the tables: rows of cells between `|`, `#` begins a remark, the first row that fits counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TABLES = Path(__file__).with_name("tables")
ALLOWED = "yes"
_ANY = "*"


@dataclass(slots=True)
class Row:
    """`who` in one of the `states` gets `answer` (`yes`, or the code of the refusal) about what stands `where`."""

    permissions: tuple[str, ...]
    states: tuple[str, ...]
    who: tuple[str, ...]
    where: tuple[str, ...]
    answer: str
    line: int
    fits: int = field(default=0)

    def fit(self, permission: str, state: str, who: str, where: str) -> bool:
        asked = ((permission, self.permissions), (state, self.states), (who, self.who), (where, self.where))
        return all(_ANY in known or one in known for one, known in asked)


def rights(room: str) -> list[Row]:
    """permission | state | who | where | answer. A name before `=` stands for the words behind it."""
    rows, names = list[Row](), dict[str, list[str]]()
    for line, text in _lines(TABLES / f"{room}.txt"):
        if "=" in text and "|" not in text:
            name, _, words = text.partition("=")
            names[name.strip()] = words.split()
            continue
        cells = [cell.split() for cell in text.split("|")]
        *sets, answer = [[word for cell in one for word in names.get(cell, [cell])] for one in cells]
        assert len(sets) == 4 and len(answer) == 1, f"{room}.txt:{line} has not five cells"
        rows.append(Row(*(tuple(one) for one in sets), answer[0], line))
    return rows


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        said = text.partition("#")[0].strip()
        if said:
            yield number, said


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its permission, how it is asked, about what, who may, and what a stranger is answered."""

    name: str
    permission: str
    methods: tuple[str, ...]
    about: str
    who: str
    stranger: int


def routes() -> list[Route]:
    """route | permission | methods | about | who may | status for an official of elsewhere without roles."""
    found = []
    for line, text in _lines(TABLES / "routes.txt"):
        cells = [cell.strip() for cell in text.split("|")]
        assert len(cells) == 6, f"routes.txt:{line} has not six cells"
        name, permission, methods, about, who, stranger = cells
        found.append(Route(name, permission, tuple(methods.split()), about, who, int(stranger)))
    return found
