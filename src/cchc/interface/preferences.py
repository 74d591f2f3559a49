"""How a reader wants to see pages: text size and contrast, kept in cookies on the reader's device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

TEXT_SIZES: Final = ("a-", "a", "a+")
CONTRASTS: Final = ("normal", "high")
KEYS: Final = ("on", "off")  # single-letter shortcuts, which must be possible to switch off
COOKIES: Final = {"text": "cchc_text", "contrast": "cchc_contrast", "keys": "cchc_keys"}
COOKIE_AGE: Final = 365 * 24 * 3600
_ALLOWED: Final = {"text": TEXT_SIZES, "contrast": CONTRASTS, "keys": KEYS}


@dataclass(frozen=True, slots=True)
class Preferences:
    """`contrast` is empty while the reader has not chosen: then the device decides (`prefers-contrast`)."""

    text: str = "a"
    contrast: str = ""
    keys: str = "on"


def read_preferences(cookies: Mapping[str, str]) -> Preferences:
    """What the cookies say; anything unknown counts as not chosen."""
    return Preferences(**chosen({name: cookies.get(cookie, "") for name, cookie in COOKIES.items()}))


def chosen(values: Mapping[str, str]) -> dict[str, str]:
    """Those of `values` that are a preference with an allowed value."""
    return {name: values[name] for name, allowed in _ALLOWED.items() if values.get(name) in allowed}
