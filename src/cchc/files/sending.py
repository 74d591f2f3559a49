"""What comes with an upload: who sends it, and which paper it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc.organizations.models import Official, Unit


@dataclass(frozen=True, slots=True)
class Facts:
    """Of the paper a file is: what it is about, its number, who issued it and when; empty where nobody knows."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None


NO_FACTS: Final = Facts()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who uploads, for whom, and the unit in which they work; all None for somebody without an account."""

    official: Official | None = None
    principal: Official | None = None
    unit: Unit | None = None
