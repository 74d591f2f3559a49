"""Who acts. A value, kept as text: the chain must stay readable when accounts are gone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

ActorKind = Literal["official", "system", "public"]
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which post of which unit somebody acts, in the words of that day; `unit` is empty for one that has no name."""

    post: str
    unit: str

    def __str__(self) -> str:
        return ", ".join(part for part in (self.post, self.unit) if part)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and for whom.

    `identity` and `on_behalf_of` stay in the chain for ever, so they name an account or a process and never hold
    what may have to be forgotten: for the public a dossier's code or `anonymous`, not a name or telephone number.
    `name` and `capacity`, as they were at the time, and those of the person acted for, lie in the payload and go with
    it when that is redacted.
    """

    kind: ActorKind
    identity: str
    name: str | None = None
    on_behalf_of: str | None = None
    capacity: Capacity | None = None
    principal_name: str | None = None
    principal_capacity: Capacity | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(ActorKind):
            raise ValueError(f"no such kind of actor: {self.kind!r}")
        for text in (self.identity, self.on_behalf_of, self.name, self.principal_name):
            if text is not None and not (text.strip() and text.isprintable() and len(text) <= _LONGEST):
                raise ValueError(f"an actor is named by 1 to {_LONGEST} printable characters, not {text!r}")


SYSTEM: Final = Actor("system", "system")
"""What the product does by itself: jobs, clocks."""


def command_line(command: str) -> Actor:
    """Whoever sits at the server's command line: `command_line("portal publish")`."""
    return Actor("system", f"command-line:{command}")
