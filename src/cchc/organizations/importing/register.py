"""The register as an import sees it: units by code with all their placements, officials with all their postings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Placed:
    """What a unit is called, which kind it is and under whose code it stands (None at the top), over these days.

    `document` and `document_on`: the decision behind it.
    """

    name: str
    kind: str
    parent: str | None
    symbol: str
    name_en: str
    starts_on: date
    ends_on: date | None = None
    document: str = ""
    document_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    def is_as(self, other: Placed) -> bool:
        """Whether both say the same of the unit, days and decisions aside."""
        return (self.name, self.kind, self.parent, self.symbol, self.name_en) == (
            other.name, other.kind, other.parent, other.symbol, other.name_en,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit: its placements, the oldest first, and from when on others carry it on."""

    code: str
    placements: tuple[Placed, ...]
    went_on: date | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """Where somebody works (the unit's code), in which post, over these days."""

    unit: str
    post: str
    is_head: bool
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A post held beside the main one: where (the unit's code), which, over which days, by which decision."""

    unit: str
    post: str
    is_head: bool
    starts_on: date
    ends_on: date | None = None
    document: str = ""
    document_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Who an official is and how to reach them."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A role that is not over, over the unit with that code; `holder` is the code of the official who holds it."""

    role: str
    unit: str
    covers_subtree: bool
    holder: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An account: by which name somebody signs in."""

    username: str


@dataclass(frozen=True, slots=True)
class Granted:
    """A role over a unit, and over what stands under it if `covers_subtree`, from that day on."""

    role: str
    unit: str
    covers_subtree: bool
    starts_on: date


@dataclass(frozen=True, slots=True)
class KnownOfficial:
    """An official: main postings and those beside them, the oldest first, the roles that are not over, those of others
    for whom the official acts (`lent`), and the name of the account, if there is one.
    """

    code: str
    contact: Contact
    postings: tuple[Posted, ...] = ()
    beside: tuple[Beside, ...] = ()
    roles: tuple[Held, ...] = ()
    lent: tuple[Held, ...] = ()
    username: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be changed: `units` by code, new units only under `covered` ones stay in reach. None: everything.

    `own` are the codes of whoever asks and of whom they act for: nobody gives rights to these.
    """

    units: frozenset[str] | None = None
    covered: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Heading:
    """The official with that code heads a unit on these days."""

    code: str
    name: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """All units, and the officials that a file names or that work in the units it names."""

    units: Mapping[str, KnownUnit] = field(default_factory=dict)
    officials: Mapping[str, KnownOfficial] = field(default_factory=dict)
    colleagues: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """Codes of officials by unit and folded name, as of the day of the import."""
    usernames: Mapping[str, str] = field(default_factory=dict)
    """Whose the sign-in names are that the file names: the official's code."""
    day: date = date.min
    """The day of the import; roles begin then."""
    heads: Mapping[str, Sequence[Heading]] = field(default_factory=dict)
    """By unit's code who heads it, headed it or will, those who began first before the others."""

    def named(self, code: str) -> str:
        """The latest name of a unit; its code where it is new."""
        return self.units[code].placements[-1].name if code in self.units else code

    def names(self) -> Iterator[tuple[str, str]]:
        """The code and the latest name of every unit."""
        yield from ((unit.code, unit.placements[-1].name) for unit in self.units.values())
