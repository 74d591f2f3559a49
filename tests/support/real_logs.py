"""The real event logs we measure on: kept outside the project, found wherever the work is checked out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from tests.support.rooms import ROOT

NAMES: Final = ("receipt.csv", "08_receipt.xes.gz")


def find_folder(root: Path) -> Path:
    """`CCHC_SHARED_DATA`, or `shared/data` beside the checkout; for a working tree of git also beside the repository.

    The folder may not be there.
    """
    if named := os.environ.get("CCHC_SHARED_DATA"):
        return Path(named)
    beside = [home.parent / "shared" / "data" for home in (root, _repository_of(root))]
    return next((folder for folder in beside if folder.is_dir()), beside[0])


def _repository_of(root: Path) -> Path:
    """The main checkout of a working tree that `git worktree` made: its `.git` is a file that names it."""
    link = root / ".git"
    if not link.is_file():
        return root
    git_folder = Path(link.read_text(encoding="utf-8").removeprefix("gitdir:").strip())
    return git_folder.parents[2]  # of …/.git/worktrees/NAME


FOLDER: Final = find_folder(ROOT)
needs_real_logs = pytest.mark.skipif(
    not all((FOLDER / name).exists() for name in NAMES),
    reason=f"THE REAL LOGS ARE NOT HERE: {FOLDER} lacks {' or '.join(NAMES)}; name their folder in CCHC_SHARED_DATA",
)
