"""What follows an event: in its transaction, never in its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from cchc.audit import followers, kinds
from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.audit_kinds import KINDS as OWN_KINDS
from cchc.audit.canonical import read_canonical
from cchc.audit.checks import check_followers
from cchc.audit.followers import Happened
from cchc.audit.models import AuditEvent
from cchc.audit.queries import events_of, verify_chain
from tests.audit.notes import CHANGED, HOA, NOON, WRITTEN, Note, note_words, write_note

pytestmark = pytest.mark.usefixtures("notes")
FAILED = "audit.follower_failed"


@contextmanager
def following(*listed: Callable[[Sequence[Happened]], None], kind: str = WRITTEN):
    with ExitStack() as stack:
        stack.enter_context(patch.object(followers, "known_followers", lambda: {kind: listed}))
        known = {**OWN_KINDS, **kinds.known_kinds()}
        stack.enter_context(patch.object(kinds, "known_kinds", lambda: known))
        yield


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("kind", flat=True))


@action
def change(*, actor: Actor, now: datetime, text: str) -> None:
    note = Note.objects.create(text=text)
    record(CHANGED, note)


def test_a_follower_gets_what_happened_and_writes_in_the_same_transaction() -> None:
    heard: list[Happened] = []

    def follow(happened: Sequence[Happened]) -> None:
        heard.extend(happened)
        change(actor=happened[0].actor, now=happened[0].at, text="followed")

    with following(follow):
        note = write_note(actor=HOA, now=NOON, text="Đăk Tờ Re")
    (event,) = heard
    assert (event.kind, event.actor, event.at, event.reason, event.before) == (WRITTEN, HOA, NOON, None, None)
    assert event.subject == ("audit_notes.Note", str(note.pk))
    assert event.after == {"id": note.pk, "text": "Đăk Tờ Re"}
    assert events() == [WRITTEN, CHANGED]
    assert verify_chain().is_valid


def test_all_events_of_an_action_come_at_once_and_in_their_order() -> None:
    heard: list[list[object]] = []

    with following(lambda happened: heard.append([event.subject[1] for event in happened])):
        note_words(actor=HOA, now=NOON, count=3)
    assert heard == [["0", "1", "2"]]
    assert len(events()) == 3, "a follower may have nothing to say"


def test_what_a_follower_records_is_not_followed() -> None:
    def follow(happened: Sequence[Happened]) -> None:
        write_note(actor=HOA, now=NOON, text="again")

    with following(follow):
        write_note(actor=HOA, now=NOON, text="once")
    assert events() == [WRITTEN, WRITTEN]


def test_what_was_taken_back_or_is_of_another_kind_is_not_followed() -> None:
    @action
    def outer(*, actor: Actor, now: datetime) -> None:
        with pytest.raises(ValueError, match="no"):
            inner(actor=actor, now=now)
        change(actor=actor, now=now, text="b")

    @action
    def inner(*, actor: Actor, now: datetime) -> None:
        write_note(actor=actor, now=now, text="a")
        raise ValueError("no")

    with following(lambda happened: pytest.fail("heard")):
        outer(actor=HOA, now=NOON)
    assert events() == [CHANGED]


def test_what_an_action_raises_takes_its_followers_work_back() -> None:
    def follow(happened: Sequence[Happened]) -> None:
        change(actor=HOA, now=NOON, text="followed")

    with (
        following(follow),
        patch("cchc.audit.actions.append", side_effect=OSError("disk")),
        pytest.raises(OSError, match="disk"),
    ):
        write_note(actor=HOA, now=NOON, text="a")
    assert not Note.objects.exists()


def half_done(happened: Sequence[Happened]) -> None:
    change(actor=HOA, now=NOON, text="half")
    raise LookupError("Trần Thị Hoà")


def unrecorded(happened: Sequence[Happened]) -> None:
    Note.objects.create(text="silent")


def tampering(happened: Sequence[Happened]) -> None:
    happened[0].after = {}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("follower", "fault"),
    [(half_done, "LookupError"), (unrecorded, "UnrecordedWrite"), (tampering, "FrozenInstanceError")],
)
@pytest.mark.requirement(125)
def test_a_follower_that_fails_takes_back_only_itself_and_the_chain_says_so(follower, fault) -> None:
    heard: list[int] = []
    with following(follower, lambda happened: heard.append(len(happened))):
        write_note(actor=HOA, now=NOON, text="kept")
    assert list(Note.objects.values_list("text", flat=True)) == ["kept"]
    assert heard == [1], "the others are told all the same"
    assert events() == [WRITTEN, FAILED]
    assert verify_chain().is_valid
    (failed,) = events_of(("audit.Follower", f"{follower.__module__}.{follower.__name__}"))
    assert read_canonical(failed.payload.body)["after"] == {"kinds": [WRITTEN], "fault": fault}


def test_what_is_no_fault_of_a_follower_ends_the_action() -> None:
    def stop(happened: Sequence[Happened]) -> None:
        raise KeyboardInterrupt

    with following(stop), pytest.raises(KeyboardInterrupt):
        write_note(actor=HOA, now=NOON, text="a")
    assert events() == []


def test_rooms_list_their_followers_and_one_of_what_nobody_records_is_found_by_the_check() -> None:
    def follow(happened: Sequence[Happened]) -> None: ...

    room = SimpleNamespace(name="cchc.audit", label="audit", module=object())
    with (
        patch("cchc.audit.followers.apps.get_app_configs", lambda: [room]),
        patch("cchc.audit.followers.module_has_submodule", lambda *_: True),
        patch("cchc.audit.followers.import_module", lambda _: SimpleNamespace(FOLLOWERS={"audit.unheard_of": follow})),
    ):
        listed = followers.known_followers.__wrapped__()
    assert listed == {"audit.unheard_of": (follow,)}
    with patch("cchc.audit.checks.known_followers", lambda: listed):
        assert [found.id for found in check_followers()] == ["audit.E003"]


def test_the_rooms_follow_only_what_is_recorded() -> None:
    assert list(check_followers()) == []
    assert followers.known_followers()


def test_without_followers_an_action_costs_what_it_cost(django_assert_num_queries) -> None:
    with following(kind=CHANGED), django_assert_num_queries(6):
        note_words(actor=HOA, now=NOON, count=2)
