"""What may become of a thing, as data: its states, and the steps that lead from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from cchc.records.text import LocalText

_START: Final = "[*]"


@dataclass(frozen=True, slots=True)
class State:
    """Where a thing may stand. Nothing leads out of a final one."""

    id: str
    name: LocalText
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done to a thing that stands in one of `sources`.

    `target` is where it stands afterwards, None where it stays. `who` and `effect` are keys of the table's words.
    """

    id: str
    name: LocalText
    sources: tuple[str, ...]
    target: str | None
    who: str
    effect: str


@dataclass(frozen=True, slots=True)
class StateTable:
    """All states, the first one first, and all steps. Raises `ValueError` for a table that contradicts itself."""

    title: LocalText
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    who: Mapping[str, LocalText]
    effects: Mapping[str, LocalText]
    _by_id: dict[str, Step] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update({step.id: step for step in self.steps})
        if faults := list(self._faults()):
            raise ValueError("; ".join(faults))

    @property
    def first(self) -> str:
        """Where everything begins."""
        return self.states[0].id

    @property
    def final(self) -> tuple[str, ...]:
        """Where nothing more happens."""
        return tuple(state.id for state in self.states if state.is_final)

    def state(self, id_: str) -> State:
        """Raises `LookupError`."""
        return {state.id: state for state in self.states}[id_]

    def step(self, id_: str) -> Step:
        """Raises `LookupError`."""
        return self._by_id[id_]

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """What may be done to a thing that stands there, in the order of the table."""
        return tuple(step for step in self.steps if state in step.sources)

    def after(self, state: str, step: Step) -> str:
        """Where a thing stands after a step."""
        return step.target or state

    def _faults(self) -> Iterator[str]:
        known = {state.id for state in self.states}
        if len(known) < len(self.states) or len(self._by_id) < len(self.steps):
            yield "a state or a step stands twice"
        for step in self.steps:
            if not step.sources or not {*step.sources, step.target or self.first} <= known:
                yield f"{step.id}: leads from or to a state that is not there"
            if set(step.sources) & set(self.final):
                yield f"{step.id}: nothing leads out of a final state"
            if step.who not in self.who or step.effect not in self.effects:
                yield f"{step.id}: nobody knows {step.who} or {step.effect}"
        if lost := sorted(known - self._reached()):
            yield f"never reached: {', '.join(lost)}"

    def _reached(self) -> set[str]:
        reached: set[str] = set()
        wave = {self.first}
        while wave:
            reached |= wave
            wave = {step.target for step in self.steps if step.target and set(step.sources) & reached} - reached
        return reached


def mermaid(table: StateTable) -> str:
    """The table as a drawing in Mermaid's language, in Vietnamese and English; without the steps that lead nowhere."""
    lines = ["stateDiagram-v2", *(f'  state "{_both(state.name)}" as {state.id}' for state in table.states)]
    lines.append(f"  {_START} --> {table.first}")
    for step in table.steps:
        if step.target is not None:
            lines += [f"  {source} --> {step.target}: {_both(step.name)}" for source in step.sources]
    return "\n".join([*lines, *(f"  {state} --> {_START}" for state in table.final)])


def _both(text: LocalText) -> str:
    return f"{text.vi} · {text.en}"
