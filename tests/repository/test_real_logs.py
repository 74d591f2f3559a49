"""Where the real logs are looked for: a test that silently finds nothing shows nothing."""

from pathlib import Path

import pytest

from tests.support.real_logs import find_folder


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CCHC_SHARED_DATA", raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "work" / "shared" / "data"
    folder.mkdir(parents=True)
    return folder


def test_beside_the_checkout(tmp_path: Path, data: Path) -> None:
    (tmp_path / "work" / "main" / ".git").mkdir(parents=True)
    assert find_folder(tmp_path / "work" / "main") == data


def test_from_a_working_tree_elsewhere(tmp_path: Path, data: Path) -> None:
    tree = tmp_path / "elsewhere" / "tree"
    tree.mkdir(parents=True)
    (tree / ".git").write_text(f"gitdir: {tmp_path / 'work' / 'main' / '.git' / 'worktrees' / 'tree'}\n", "utf-8")
    assert find_folder(tree) == data


def test_the_named_folder_comes_first(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_SHARED_DATA", str(tmp_path))
    assert find_folder(tmp_path / "work" / "main") == tmp_path


def test_where_there_is_none_the_usual_place_is_told(tmp_path: Path) -> None:
    assert find_folder(tmp_path / "main") == tmp_path / "shared" / "data"
