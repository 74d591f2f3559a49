"""Test data that stands there before the test begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core import mail

from cchc.audit.recording import unguarded


@contextmanager
def unrecorded_for_tests() -> Iterator[None]:
    """Let a factory write recorded models without an event: what is merely given did not happen.

    What a test is about goes through actions, always. Raises `RuntimeError` outside Django's test environment, which
    alone has an outbox.
    """
    if not hasattr(mail, "outbox"):
        raise RuntimeError("unrecorded_for_tests() is for tests")
    with unguarded():
        yield
