from __future__ import annotations

from random import Random
from unittest.mock import patch

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from cchc.audit.actors import SYSTEM
from cchc.audit.heads import SignedHead, sign_head
from cchc.audit.models import AuditPayload
from cchc.audit.queries import stored_head, verify_chain
from cchc.audit.redaction import redact
from cchc.audit.verification import LISTED, Head
from cchc.records.errors import DomainError
from tests.audit.engines import only_sqlite
from tests.audit.notes import HOA, NOON, note_words
from tests.audit.tampering import EVENT, HEAD, PAYLOAD, TRICKS, WHOLE_TRICKS, drop_triggers, sql

pytestmark = [pytest.mark.usefixtures("notes"), pytest.mark.requirement(125)]
SIZE = 12
ROUNDS = 12


def signed() -> SignedHead:
    head = stored_head()
    assert head is not None
    return sign_head(head, Ed25519PrivateKey.generate(), NOON)


def chain(size: int = SIZE) -> SignedHead:
    """A chain of `size` events of which the second last explains that the fourth was redacted; its signed head."""
    note_words(actor=HOA, now=NOON, count=size - 2)
    redact(actor=SYSTEM, now=NOON, sequence=4, reason="hết thời hạn lưu trữ")
    note_words(actor=HOA, now=NOON, count=1)
    return signed()


class Undo(Exception):
    pass


def found_after(trick, seed: int, head: SignedHead | None = None):
    """The report after the trick and the place of its damage; the trick is undone."""
    try:
        with transaction.atomic():
            drop_triggers()
            place = trick(Random(seed))
            report = verify_chain(head)
            raise Undo
    except Undo:
        return report, place


def test_a_whole_chain_is_valid() -> None:
    report = verify_chain(chain())
    assert (report.is_valid, report.events, report.redacted, report.damages) == (True, SIZE, 1, ())


def test_an_empty_chain_is_valid_and_its_head_can_be_signed() -> None:
    assert verify_chain(signed()).is_valid


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_every_trick_is_seen(trick) -> None:
    """20 tricks × 12 seeds = 240 mutations."""
    chain()
    for seed in range(ROUNDS):
        report, place = found_after(trick, seed)
        assert not report.is_valid, f"{trick.__name__} with seed {seed} at {place}"
        assert min(damage.first for damage in report.damages) <= place
    assert verify_chain().is_valid


@pytest.mark.parametrize("trick", WHOLE_TRICKS, ids=lambda trick: trick.__name__)
def test_a_cut_end_and_a_rewrite_are_seen_by_the_signed_head_alone(trick) -> None:
    head = chain()
    expected = {"cut_the_end": {"audit.signed_events_missing"}, "rewrite_the_rest": {"audit.signed_head_differs"}}
    for seed in range(ROUNDS):
        unaided, _ = found_after(trick, seed)
        # Cutting off the event that explains the redaction leaves a trace of its own.
        assert set(unaided.counts) <= {"audit.redaction_unrecorded"}
        report, _ = found_after(trick, seed, head)
        assert set(report.counts) - set(unaided.counts) == expected[trick.__name__]


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (f"UPDATE {EVENT} SET kind = 'x' WHERE sequence = 5", {"audit.event_edited"}),
        (f"UPDATE {EVENT} SET previous_hash = 'x' WHERE sequence = 5", {"audit.event_edited", "audit.link_broken"}),
        (f"UPDATE {EVENT} SET hash = 'x' WHERE sequence = 5", {"audit.event_edited", "audit.link_broken"}),
        (f"UPDATE {PAYLOAD} SET body = 'x' WHERE event_id = 5", {"audit.payload_edited"}),
        (f"DELETE FROM {PAYLOAD} WHERE event_id = 5", {"audit.payload_missing"}),
        (f"DELETE FROM {HEAD}", {"audit.head_missing"}),
        (f"UPDATE {HEAD} SET hash = 'x'", {"audit.head_differs"}),
        (f"UPDATE {HEAD} SET sequence = 14", {"audit.events_missing"}),
        (f"UPDATE {PAYLOAD} SET redacted_at = '2026-01-01 00:00' WHERE event_id = 4", {"audit.redaction_unrecorded"}),
    ],
)
def test_what_was_done_is_named(statement: str, codes: set[str]) -> None:
    chain()
    report, _ = found_after(lambda _: sql(statement), 0)
    assert set(report.counts) == codes


def delete_two(_: Random) -> None:
    sql(f"DELETE FROM {PAYLOAD} WHERE event_id IN (5, 6)")
    sql(f"DELETE FROM {EVENT} WHERE sequence IN (5, 6)")


def set_head_back(_: Random) -> None:
    sql(f"UPDATE {HEAD} SET sequence = 10, hash = (SELECT hash FROM {EVENT} WHERE sequence = 10)")


@pytest.mark.parametrize(
    ("trick", "first"),
    [(delete_two, ("audit.events_missing", 5, 6)), (set_head_back, ("audit.events_beyond_head", 11, 12))],
)
def test_a_span_of_events_is_reported_once(trick, first: tuple[str, int, int]) -> None:
    chain()
    report, _ = found_after(trick, 0)
    (damage,) = report.damages
    assert (damage.code, damage.first, damage.last) == first


def test_many_damages_are_counted_and_few_listed() -> None:
    chain(LISTED + 9)
    report, _ = found_after(lambda _: sql(f"UPDATE {EVENT} SET request = 'x'"), 0)
    assert report.counts == {"audit.event_edited": LISTED + 9}
    assert (len(report.damages), report.unlisted()) == (LISTED, 9)


@only_sqlite
@pytest.mark.parametrize(
    "change",
    [
        "at = 'once upon a time'", "at = 7", "at = x'ff'", "kind = x'ff'", "kind = 5", "personal = 2",
        "personal = 'x'", "sequence = 'five'", "sequence = 5.5", "kind = CAST(x'ff' AS TEXT)", "hash = x'ff'",
    ],
)  # fmt: skip
def test_rubbish_in_a_column_is_damage_not_a_crash(change: str) -> None:
    chain()
    report, _ = found_after(lambda _: sql(f"UPDATE {EVENT} SET {change} WHERE sequence = 5"), 0)
    assert not report.is_valid


@only_sqlite
@pytest.mark.parametrize("change", ["body = x'ff'", "body = 5", "salt = 5", "body = CAST(x'ff' AS TEXT)"])
def test_rubbish_in_a_payload_is_damage_not_a_crash(change: str) -> None:
    chain()
    report, _ = found_after(lambda _: sql(f"UPDATE {PAYLOAD} SET {change} WHERE event_id = 5"), 0)
    assert not report.is_valid


def test_a_redacted_payload_is_gone_and_the_chain_is_whole() -> None:
    head = chain()
    payload = AuditPayload.objects.get(pk=4)
    assert (payload.salt, payload.body, payload.redacted_at) == (None, None, NOON)
    assert verify_chain(head).redacted == 1


@pytest.mark.parametrize(
    ("sequence", "reason", "code"),
    [
        (99, "r", "audit.no_such_event"), (4, "r", "audit.already_redacted"), (11, "r", "audit.redaction_stays"),
        (5, " ", "audit.reason_missing"),
    ],
)  # fmt: skip
def test_not_every_payload_can_be_redacted(sequence: int, reason: str, code: str) -> None:
    chain()
    with pytest.raises(DomainError) as caught:
        redact(actor=HOA, now=NOON, sequence=sequence, reason=reason)
    assert caught.value.code == code
    assert verify_chain().redacted == 1


@pytest.mark.parametrize("size", [SIZE, 40])
def test_verifying_costs_five_queries(size: int, django_assert_num_queries) -> None:
    chain(size)
    with django_assert_num_queries(5):
        verify_chain()


def test_progress_is_told() -> None:
    chain()
    told: list[tuple[int, int]] = []
    with patch("cchc.audit.queries._EVERY", 5):
        verify_chain(progress=lambda done, total: told.append((done, total)))
    assert told == [(5, SIZE), (10, SIZE)]


def test_events_added_while_we_walk_are_no_damage() -> None:
    chain()
    heads = [stored_head()]
    note_words(actor=HOA, now=NOON, count=2)
    heads.append(stored_head())
    with patch("cchc.audit.queries.stored_head", lambda: heads.pop(0)):
        report = verify_chain()
    assert (report.is_valid, report.events, report.head) == (True, SIZE + 2, report.head)
    assert isinstance(report.head, Head)
    assert report.head.sequence == SIZE
