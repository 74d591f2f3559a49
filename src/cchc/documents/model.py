"""An official paper as data: who issues it, what it says, who signs, who receives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cchc.documents.blocks import Block, Code

KindId = Literal["report", "decision", "minutes", "notice", "proposal", "plan", "letter", "form"]
ActingAs = Literal["TM.", "KT.", "TL.", "TUQ."]
PaperSize = Literal["A4", "A5"]


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that issues the paper and the one above it, as written in a sentence; a line break is kept."""

    body: str
    superior: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """`01/BC-HĐ`. A draft has no value yet: the records office gives it after signing."""

    symbol: str
    value: int | None = None


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """In whose place somebody signs: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`."""

    acting: ActingAs
    whom: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: on whose behalf, the title, then room, then the signer's post elsewhere and the name."""

    title: str
    name: str | None = None
    on_behalf: tuple[OnBehalf, ...] = ()
    post: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """A part on pages of its own, numbered by itself, upright or across."""

    title: str
    blocks: tuple[Block, ...]
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One paper.

    `on` is the day, or only the year of a draft, or nothing. A `form` has a `title` of its own and no number; its
    `reference` (`Mã hồ sơ: …`) stands where the number would,
    its QR `codes` beside the title. One signature stands beside the recipients, two stand
    side by side. `is_landscape` lays the sheet across, for a list with many columns.
    """

    kind: KindId
    issuer: Issuer
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    number: Number | None = None
    reference: str | None = None
    codes: tuple[Code, ...] = ()
    title: str | None = None
    place: str | None = None
    on: date | int | None = None
    addressees: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    is_draft: bool = False
    is_sample: bool = False
    paper_size: PaperSize = "A4"
    is_landscape: bool = False
