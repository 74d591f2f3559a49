"""Sign-in names: what they may look like. No database."""

from __future__ import annotations

import re
from typing import Final

from cchc.records.errors import refuse

_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")


def as_username(text: str) -> str:
    """The name as it is kept, capitals and spaces around it aside. Raises `organizations.not_a_username`."""
    username = text.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise refuse("organizations.not_a_username", text=username)
    return username
