from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from unittest.mock import patch

import pytest
import structlog
from django.core import mail
from django.db import transaction

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor, command_line
from cchc.audit.canonical import read_canonical
from cchc.audit.errors import BrokenHead, UnknownKind, UnrecordedWrite
from cchc.audit.links import GENESIS
from cchc.audit.models import AuditEvent, AuditHead, AuditPayload
from cchc.audit.queries import events_of, stored_head, verify_chain
from cchc.audit.testing import unrecorded_for_tests
from cchc.audit.verification import Head
from tests.audit.notes import CHANGED, HOA, NOON, WRITTEN, Note, note_words, write_note

pytestmark = pytest.mark.usefixtures("notes")
JOB = command_line("job")


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("kind", flat=True))


@pytest.mark.requirement(125)
def test_a_write_leaves_who_what_when_and_why() -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        note = write_note(actor=replace(HOA, on_behalf_of="chair"), now=NOON, text="Đăk Tờ Re")
    (event,) = events_of(note)
    assert (event.sequence, event.at, event.kind, event.request, event.personal) == (1, NOON, WRITTEN, "r-1", False)
    assert (event.actor_kind, event.actor_identity, event.on_behalf_of) == ("official", "hoa@kon-ray", "chair")
    assert (event.subject_type, event.subject_id) == ("audit_notes.Note", str(note.pk))
    assert read_canonical(event.payload.body) == {
        "actor_name": "Trần Thị Hoà",
        "before": None,
        "after": {"id": note.pk, "text": "Đăk Tờ Re"},
        "reason": None,
    }
    assert verify_chain().is_valid


def test_the_name_can_be_forgotten_so_it_is_not_in_the_header() -> None:
    write_note(actor=HOA, now=NOON, text="a")
    assert HOA.name not in [str(value) for value in AuditEvent.objects.values_list().get()]


def test_an_action_that_records_nothing_is_a_mistake() -> None:
    @action
    def silent(*, actor: Actor, now: datetime) -> None:
        """Does nothing and says nothing."""

    with pytest.raises(UnrecordedWrite, match="silent recorded no event"):
        silent(actor=HOA, now=NOON)


def test_an_action_may_say_that_nothing_changed() -> None:
    @action
    def unneeded(*, actor: Actor, now: datetime) -> int:
        nothing_changed()
        return 7

    assert unneeded(actor=HOA, now=NOON) == 7
    assert events() == []


def test_saying_that_nothing_changed_does_not_hide_a_write() -> None:
    @action
    def liar(*, actor: Actor, now: datetime) -> None:
        Note.objects.create(text="a")
        nothing_changed()

    with pytest.raises(UnrecordedWrite):
        liar(actor=HOA, now=NOON)
    assert not Note.objects.exists()


def test_an_error_takes_back_everything() -> None:
    @action
    def fails(*, actor: Actor, now: datetime) -> None:
        write_note(actor=actor, now=now, text="a")
        record(CHANGED, ("x", 1))
        raise KeyError("late")

    with pytest.raises(KeyError):
        fails(actor=HOA, now=NOON)
    assert (events(), Note.objects.count(), stored_head()) == ([], 0, Head(0, GENESIS))
    write_note(actor=HOA, now=NOON, text="again")
    assert events() == [WRITTEN]
    assert verify_chain().is_valid


def test_nested_actions_join_and_keep_their_own_author() -> None:
    @action
    def outer(*, actor: Actor, now: datetime) -> None:
        record(CHANGED, ("x", 1), reason="first")
        write_note(actor=JOB, now=now, text="a")
        record(CHANGED, ("x", 2))

    outer(actor=HOA, now=NOON)
    rows = AuditEvent.objects.order_by("sequence").values_list("sequence", "kind", "actor_kind")
    assert list(rows) == [(1, CHANGED, "official"), (2, WRITTEN, "system"), (3, CHANGED, "official")]


def test_a_nested_event_is_enough_for_the_outer_action() -> None:
    @action
    def outer(*, actor: Actor, now: datetime) -> None:
        write_note(actor=actor, now=now, text="a")

    outer(actor=HOA, now=NOON)
    assert events() == [WRITTEN]


def test_an_event_before_a_nested_action_does_not_excuse_its_silence() -> None:
    @action
    def silent(*, actor: Actor, now: datetime) -> None:
        """Records nothing."""

    @action
    def outer(*, actor: Actor, now: datetime) -> None:
        record(CHANGED, ("x", 1))
        silent(actor=actor, now=now)

    with pytest.raises(UnrecordedWrite, match="silent"):
        outer(actor=HOA, now=NOON)


def test_a_nested_failure_that_is_caught_takes_back_only_itself() -> None:
    @action
    def fails(*, actor: Actor, now: datetime) -> None:
        Note.objects.create(text="half")
        record(WRITTEN, ("x", 1))
        raise ValueError("row 7")

    @action
    def outer(*, actor: Actor, now: datetime) -> None:
        write_note(actor=actor, now=now, text="kept")
        with pytest.raises(ValueError, match="row 7"):
            fails(actor=actor, now=now)

    outer(actor=HOA, now=NOON)
    assert list(Note.objects.values_list("text", flat=True)) == ["kept"]
    assert events() == [WRITTEN]


def test_what_runs_on_commit_is_outside_the_action(django_capture_on_commit_callbacks) -> None:
    @action
    def outer(*, actor: Actor, now: datetime) -> None:
        record(CHANGED, ("x", 1))
        transaction.on_commit(lambda: write_note(actor=JOB, now=NOON, text="after"))

    with django_capture_on_commit_callbacks(execute=True):
        outer(actor=HOA, now=NOON)
    assert events() == [CHANGED, WRITTEN]


def test_an_action_inside_somebody_elses_transaction_is_refused() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        write_note(actor=HOA, now=NOON, text="a")


def test_values_are_taken_when_they_are_recorded() -> None:
    @action
    def changes_later(*, actor: Actor, now: datetime) -> None:
        values = {"n": 1}
        record(CHANGED, ("x", 1), after=values)
        values["n"] = 2

    changes_later(actor=HOA, now=NOON)
    assert read_canonical(AuditPayload.objects.get().body)["after"] == {"n": 1}


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"now": NOON}, "actor="),
        ({"actor": "hoa", "now": NOON}, "actor="),
        ({"actor": HOA}, "now="),
        ({"actor": HOA, "now": NOON.replace(tzinfo=None)}, "now="),
        ({"actor": HOA, "now": NOON.date()}, "now="),
    ],
)
def test_an_action_needs_an_author_and_a_moment(given: dict[str, object], what: str) -> None:
    with pytest.raises(TypeError, match=what):
        write_note(text="a", **given)


def _positional(actor: Actor, *, now: datetime) -> None: ...
def _without_now(*, actor: Actor) -> None: ...
def _generator(*, actor: Actor, now: datetime) -> Iterator[int]:
    yield 1


async def _coroutine(*, actor: Actor, now: datetime) -> None: ...
async def _lazy(*, actor: Actor, now: datetime) -> AsyncIterator[int]:
    yield 1


@pytest.mark.parametrize("function", [_positional, _without_now, _generator, _coroutine, _lazy])
def test_not_everything_can_be_an_action(function) -> None:
    with pytest.raises(TypeError, match="an action"):
        action(function)


def test_recording_needs_an_open_action_and_a_known_kind() -> None:
    @action
    def unknown(*, actor: Actor, now: datetime) -> None:
        record("audit_notes.unheard", ("x", 1))

    with pytest.raises(UnknownKind):
        unknown(actor=HOA, now=NOON)
    for outside in (lambda: record(WRITTEN, ("x", 1)), nothing_changed):
        with pytest.raises(UnrecordedWrite):
            outside()


@pytest.mark.parametrize("subject", [Note(text="unsaved"), ("x", None), ("x", ""), ("", "1"), ("x", "1" * 201)])
def test_a_subject_has_an_identity(subject: object) -> None:
    @action
    def about(*, actor: Actor, now: datetime) -> None:
        record(WRITTEN, subject)

    with pytest.raises(ValueError, match=r"no identity|at most 200"):
        about(actor=HOA, now=NOON)


def _existing_note() -> Note:
    with unrecorded_for_tests():
        return Note.objects.create(text="old")


@pytest.mark.requirement(125)
@pytest.mark.parametrize(
    "write",
    [
        lambda note: note.save(),
        lambda note: note.delete(),
        lambda note: Note(text="new").save(),
        lambda note: Note.objects.create(text="new"),
        lambda note: Note.objects.get_or_create(text="new"),
        lambda note: Note.objects.update_or_create(text="old", defaults={"text": "new"}),
        lambda note: Note.objects.update(text="new"),
        lambda note: Note.objects.filter(text="old").delete(),
        lambda note: Note.objects.bulk_create([Note(text="new")]),
        lambda note: Note.objects.bulk_update([note], ["text"]),
    ],
)
def test_no_write_of_a_recorded_model_outside_an_action(write) -> None:
    note = _existing_note()
    note.text = "changed"
    with pytest.raises(UnrecordedWrite, match="Note outside"):
        write(note)
    assert list(Note.objects.values_list("text", flat=True)) == ["old"]


def test_inside_an_action_every_way_of_writing_works() -> None:
    @action
    def busy(*, actor: Actor, now: datetime) -> None:
        first, _ = Note.objects.bulk_create([Note(text="a"), Note(text="b")])
        first.text = "c"
        Note.objects.bulk_update([first], ["text"])
        Note.objects.filter(text="b").update(text="d")
        Note.objects.get(text="c").delete()
        record(CHANGED, ("x", 1))

    busy(actor=HOA, now=NOON)
    assert [note.text for note in Note.objects.all()] == ["d"]


def test_a_manager_cannot_delete_everything_by_accident() -> None:
    assert not hasattr(Note.objects, "delete")


def test_test_data_is_unrecorded_only_in_tests() -> None:
    outbox = mail.outbox
    with patch.object(mail, "outbox", outbox):
        del mail.outbox
        try:
            with pytest.raises(RuntimeError, match="for tests"), unrecorded_for_tests():
                pytest.fail("entered")
        finally:
            mail.outbox = outbox


@pytest.mark.parametrize("model", [AuditEvent, AuditPayload, AuditHead])
def test_the_chain_is_written_by_nobody_else(model) -> None:
    note_words(actor=HOA, now=NOON, count=1)
    row = model.objects.first()
    writes = [
        row.save, row.delete, model.objects.create, model.objects.all().delete,
        lambda: model.objects.update(pk=9), lambda: model.objects.bulk_create([row]),
        lambda: model.objects.bulk_update([row], []),
    ]  # fmt: skip
    for write in writes:
        with pytest.raises(UnrecordedWrite, match="is written by"):
            write()


def test_without_a_head_nothing_is_written() -> None:
    with (
        patch("cchc.audit.models.AuditHead.writable", lambda: AuditHead.objects.filter(pk=2)),
        pytest.raises(BrokenHead),
    ):
        write_note(actor=HOA, now=NOON, text="a")
    assert not Note.objects.exists()


@pytest.mark.parametrize("count", [1, 40])
def test_the_chain_costs_four_queries_whatever_the_number_of_events(count, django_assert_num_queries) -> None:
    # Two of the six open and close the savepoint that stands for the transaction in a test.
    with django_assert_num_queries(6):
        note_words(actor=HOA, now=NOON, count=count)


def test_reading_what_happened_costs_one_query(django_assert_num_queries) -> None:
    note_words(actor=HOA, now=NOON, count=3)
    with django_assert_num_queries(1):
        assert [event.payload.body for event in events_of(("audit_notes.Word", 1))] != []


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "robot"}, {"identity": ""}, {"identity": " "}, {"identity": "a\nb"}, {"identity": "a" * 201},
        {"name": ""}, {"on_behalf_of": "\0"},
    ],
)  # fmt: skip
def test_an_actor_is_named_properly(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="actor"):
        Actor(**{"kind": "official", "identity": "hoa", **fields})
