"""Passwords that are made here, shown once and told to nobody else."""

from __future__ import annotations

import secrets
from typing import Final

# So long that none by chance is too like a user name, which the account's own check would refuse.
PASSWORD_BYTES: Final = 16


def chance_password() -> str:
    """Letters, digits, `-` and `_`, 22 of them: 128 random bits."""
    return secrets.token_urlsafe(PASSWORD_BYTES)
