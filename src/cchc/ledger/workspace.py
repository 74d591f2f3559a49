"""The folder a run works in, beside its output: what is finished in it stays finished when the run is stopped.

A run that is started again with the same log, mapping and calendar goes on where the last one stopped; with anything
else it begins anew. The output folder is only touched at the very end.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from errno import ENOTDIR
from importlib import import_module
from importlib.util import find_spec
from io import BufferedWriter
from os import strerror
from pathlib import Path
from typing import Any, Final

from cchc.records.errors import Place, Unreadable, refuse, unreadable

SUMMARY_FILE: Final = "summary.json"
"""The last file a run puts in place: where it is missing, no run ended."""
_STATE: Final = "state.json"
_LOCK: Final = "lock"
_fcntl: Final[Any] = import_module("fcntl") if find_spec("fcntl") else None  # Windows has none


class Workspace:
    """`.NAME.working` beside the output folder NAME, held by one run at a time."""

    def __init__(self, output: Path) -> None:
        self.output = output.absolute()
        self.folder = self.output.with_name(f".{self.output.name}.working")

    @contextmanager
    def held(self, fingerprint: Mapping[str, str]) -> Iterator[bool]:
        """Work in it; answers whether an earlier run of the same fingerprint left something to go on with.

        Raises `ledger.output_not_writable`, and `ledger.already_running` while another run holds it.
        """
        with self._opened() as lock:
            self._lock(lock.fileno())
            is_continued = self._read() == dict(fingerprint)
            if not is_continued:
                self._empty()
                write_json(self.folder / _STATE, dict(fingerprint))
            yield is_continued

    def path(self, *parts: str) -> Path:
        """A place in the folder; its parent is there."""
        place = self.folder.joinpath(*parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def discard(self) -> None:
        """Remove the folder with all in it."""
        shutil.rmtree(self.folder)

    def _opened(self) -> BufferedWriter:
        try:
            if self.output.exists() and not self.output.is_dir():
                raise NotADirectoryError(ENOTDIR, strerror(ENOTDIR))
            self.folder.mkdir(parents=True, exist_ok=True)
            return (self.folder / _LOCK).open("wb")
        except OSError as error:
            raise _not_writable(self.output, error) from error

    def _lock(self, handle: int) -> None:
        if _fcntl is None:
            return
        try:
            _fcntl.flock(handle, _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        except OSError as error:
            raise refuse("ledger.already_running", Place(str(self.output))) from error

    def _read(self) -> Any:
        try:
            return json.loads((self.folder / _STATE).read_bytes())
        except (OSError, ValueError):
            return None  # nothing usable was left

    def _empty(self) -> None:
        for entry in self.folder.iterdir():
            if entry.name != _LOCK:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def write_json(path: Path, value: object) -> None:
    """Write a document whole: a reader finds the old one or the new one."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    part.replace(path)


def read_json(path: Path) -> Any:
    """The document written by `write_json`, None when there is none."""
    return json.loads(path.read_bytes()) if path.exists() else None


def put_in_place(folder: Path, output: Path, names: tuple[str, ...], last: str) -> None:
    """Move a finished folder to `output`. Where that exists already, files of these names (or patterns) are replaced
    in it, `last` removed before and put in place after all others: while it is missing, the rest does not belong
    together.

    Raises `ledger.output_not_writable`.
    """
    try:
        if not output.exists():
            folder.replace(output)
            return
        for name in (last, *names):
            for old in output.glob(name):
                old.unlink()
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name == last):
            entry.replace(output / entry.name)
    except OSError as error:
        raise _not_writable(output, error) from error


def _not_writable(output: Path, error: OSError) -> Unreadable:
    return unreadable("ledger.output_not_writable", Place(str(output)), detail=error.strerror or "")
