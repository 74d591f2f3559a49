"""Kinds of jobs for tests, and what they write: notes of the test room of `tests.audit`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from unittest.mock import patch

from cchc.audit import kinds as audit_kinds
from cchc.audit.actors import Actor
from cchc.interface.audit_kinds import KINDS
from cchc.interface.jobs import Effect, JobKind, Recurring, Run, job, kinds, schedule
from cchc.interface.shapes import Link
from cchc.records.errors import refuse
from cchc.records.text import LocalText
from tests.audit.notes import HOA, NOON, Note, room_present, write_note

__all__ = ["HOA", "NOON", "Note", "write_note"]


def title(words: str) -> LocalText:
    return LocalText(f"Thử {words}", f"Try {words}")


def written(*, actor: Actor, now: datetime, text: str) -> dict[str, str]:
    write_note(actor=actor, now=now, text=text)
    return {"text": text}


@job("trial.count", title("đếm"), tries=1_000, link=lambda result: Link("Xem kết quả", f"/thu/{result['text']}"))
def count(run: Run, *, name: str, steps: int = 3, pause_ms: int = 0) -> Effect:
    """A note for each step, with its checkpoint, and one at the end."""
    for step in range(run.saved or 0, steps):
        time.sleep(pause_ms / 1000)
        run.progress(step + 1, steps)
        run.checkpoint(step + 1, writes=partial(written, text=f"{name}/{step}"))
    return partial(written, text=f"{name}/end")


@job("trial.refuse", title("từ chối"))
def refused(run: Run) -> None:
    raise refuse("records.not_a_number", text="mười")


@job("trial.fault", title("lỗi"), tries=3)
def faulty(run: Run) -> None:
    raise OSError("disk of Trần Thị Hoà")


@job("trial.nothing", title("không làm gì"))
def nothing(run: Run, *, due_at: datetime | None = None) -> None:
    """Only finishes."""


TRIALS = (count, refused, faulty, nothing)


def kind_of(function: Callable[..., Effect | None], tries: int = 5) -> JobKind:
    """A kind made for one test."""
    return job(f"trial.{function.__name__}", title("riêng"), tries=tries)(function)


@contextmanager
def kinds_present(*others: JobKind, recurring: tuple[Recurring, ...] = ()) -> Iterator[None]:
    """The test room's kinds, and others, in place of the product's; what recurs among them."""
    listed = {kind.code: kind for kind in (*TRIALS, *others)}
    with ExitStack() as stack:
        stack.enter_context(patch.object(kinds, "known_jobs", lambda: listed))
        stack.enter_context(patch.object(schedule, "known_schedule", lambda: recurring))
        yield


@contextmanager
def trial_room(*others: JobKind, recurring: tuple[Recurring, ...] = ()) -> Iterator[None]:
    """Kinds of jobs, the notes' table, kinds of events."""
    with room_present(), kinds_present(*others, recurring=recurring):
        known = {**audit_kinds.known_kinds(), **KINDS}
        with patch.object(audit_kinds, "known_kinds", lambda: known):
            yield


def notes() -> list[str]:
    return sorted(Note.objects.values_list("text", flat=True))
