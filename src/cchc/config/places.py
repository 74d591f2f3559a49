"""Where this installation keeps its data, and the secret that lies there."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import Final

_CHECKOUT: Final = Path(__file__).resolve().parents[3]


def default_data() -> Path:
    """`var/` of the checkout; of the working directory when installed as a package."""
    root = _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    return root / "var"


def private_directory(path: Path) -> Path:
    """The directory itself, made with mode 0700 when it is missing."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(path: Path) -> str:
    """The secret in `path`, made with mode 0600 when it is missing. Processes that start together agree on one."""
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, content: str) -> None:
    """Link a finished file into place, so that nobody ever reads half a secret; the first one wins."""
    private_directory(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
        os.link(name, path)
    except FileExistsError:
        return
    finally:
        Path(name).unlink()
