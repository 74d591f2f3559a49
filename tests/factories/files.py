"""Files for tests, received and kept the real way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from cchc.files import storage
from cchc.files.actions import cite, store_upload
from cchc.files.models import Citation, StoredFile
from cchc.files.receiving import Upload, received
from cchc.files.sending import Sender
from cchc.organizations.models import Official, Unit
from tests.factories.organizations import BY_TESTS, TODAY


@contextmanager
def trusted(content: bytes, name: str, pages: int = 1) -> Iterator[Upload]:
    """A PDF as if it had been examined."""
    sha256 = hashlib.sha256(content).hexdigest()
    with storage.incoming() as path:
        path.write_bytes(content)
        yield Upload(name, "pdf", pages, len(content), path, sha256, sha256)


def stored(
    content: bytes, name: str = "bao-cao.pdf", by: Official | None = None, works_in: Unit | None = None, **more: Any
) -> StoredFile:
    """A file that an official uploaded. What is kept as it came spares the process that examines it."""
    given = BY_TESTS | more
    sender = Sender(by, given.pop("principal", None), works_in)
    is_plain = content.startswith(b"%PDF")
    with trusted(content, name) if is_plain else received(BytesIO(content), name, TODAY) as upload:
        return store_upload(**given, upload=upload, sender=sender, denies_state_secret=True)


def cited(file: StoredFile, subject: tuple[str, object], **more: Any) -> Citation:
    """The file cited for an object."""
    return cite(**BY_TESTS | more, file=file, subject=(subject[0], str(subject[1])))
