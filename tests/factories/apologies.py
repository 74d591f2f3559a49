"""Apologies for tests, made the real way: letters on their way, mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from cchc.apologies.actions.letters import Wording, approve_letter, draft_letter, send_letter, sign_letter
from cchc.apologies.actions.mistakes import record_mistake
from cchc.apologies.duty import About, Why
from cchc.apologies.models import Letter, Mistake
from cchc.dossiers.models import Dossier
from cchc.records.errors import DomainError
from tests.factories.dossiers import LAND, Desk, at, completed, now_of, received, taken
from tests.factories.organizations import BY_TESTS

NOT_KEPT = About(Why.NOT_KEPT, 0)
WORDING = Wording("complex", "Chờ xác minh nơi cư trú")


def underway(desk: Desk, when: str = "2 08:00") -> Dossier:
    """A dossier with the settling official, received on Monday; due ten working days later."""
    dossier = received(desk, LAND, when)
    completed(desk, dossier, "receive", desk.receiver, when)
    taken(desk, dossier, "examine", desk.settler, when)
    return now_of(dossier)


def drafted(
    desk: Desk, dossier: Dossier, when: str, about: About = NOT_KEPT, new_due_at: datetime | None = None
) -> Letter:  # fmt: skip
    """By the settling official."""
    wording = Wording(WORDING.cause, WORDING.reason, new_due_at)
    return draft_letter(**desk.as_(desk.settler, when), dossier=now_of(dossier), about=about, wording=wording)


def approved(desk: Desk, letter: Letter, when: str, **more: Any) -> Letter:
    """By the head of the one-stop."""
    return approve_letter(
        **desk.as_(desk.one_stop_head, when), letter=letter, expected_version=letter.version, **more
    )  # fmt: skip


def signed(desk: Desk, letter: Letter, when: str, number: str = "12/PXL") -> Letter:
    """By the signing leader."""
    return sign_letter(**desk.as_(desk.signer, when), letter=letter, expected_version=letter.version, number=number)


def sent(desk: Desk, letter: Letter, when: str, **more: Any) -> Letter:
    """By the receiving officer, to the owner's telephone."""
    given = {"way": "sms", "sent_to": "0900000001"} | more
    return send_letter(**desk.as_(desk.receiver, when), letter=letter, expected_version=letter.version, **given)


def sent_for(
    desk: Desk, dossier: Dossier, when: str, about: About = NOT_KEPT, new_due_at: datetime | None = None,
    number: str = "12/PXL",
) -> Letter:  # fmt: skip
    """The whole way at one moment."""
    letter = drafted(desk, dossier, when, about, new_due_at)
    return sent(desk, signed(desk, approved(desk, letter, when), when, number), when)


def mistaken(desk: Desk, dossier: Dossier, when: str, cause: str = "reception_mistake") -> Mistake:
    """Found and recorded at the same moment, by the receiving officer."""
    return record_mistake(
        **desk.as_(desk.receiver, when), dossier=now_of(dossier), cause=cause, text="Nhập nhầm ngày sinh",
        found_at=at(when),
    )  # fmt: skip


def mistake_of_tests(dossier: Dossier) -> Mistake:
    """Recorded by nobody in particular, found when the dossier was handed in."""
    given = {"dossier": dossier, "cause": "lost_file", "text": "Mất đơn", "found_at": dossier.submitted_at}
    return record_mistake(**BY_TESTS, **given)


def letter_of_tests(dossier: Dossier, until: str = "drafted") -> Letter:
    """For such a mistake; drafted, approved or signed."""
    about = About(Why.MISTAKE, mistake_of_tests(dossier).pk)
    letter = draft_letter(**BY_TESTS, dossier=dossier, about=about, wording=WORDING)
    if until != "drafted":
        letter = approve_letter(**BY_TESTS, letter=letter, expected_version=letter.version)
    if until == "signed":
        letter = sign_letter(**BY_TESTS, letter=letter, expected_version=letter.version, number="1/PXL")
    return letter


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[DomainError]]:
    """What is done inside is refused with the code."""
    with pytest.raises(DomainError) as told:
        yield told
    assert told.value.problems[0].message.code == code
