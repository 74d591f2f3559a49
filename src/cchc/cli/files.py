"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cchc.records.errors import Place, unreadable


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, then move into place: a reader never finds half a file. Raises `cli.not_writable`."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise unreadable("cli.not_writable", Place(str(path)), detail=error.strerror or "") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink()
        raise unreadable("cli.not_writable", Place(str(path)), detail=error.strerror or "") from error


def require_suffix(path: Path, *suffixes: str) -> None:
    """Refuse to write one kind of file under the name of another. Raises `cli.wrong_suffix`."""
    if path.suffix.lower() not in suffixes:
        raise unreadable("cli.wrong_suffix", Place(str(path)), suffixes=suffixes)


def _umask() -> int:
    """The permissions this process withholds; reading them means setting them for a moment."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
