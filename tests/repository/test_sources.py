"""What every file of the repository must and must not hold."""

import ast
import re

from tests.support import rooms
from tools.sizes import too_long

# Written in two halves so that this file does not find itself.
MACHINE_PATH = re.compile(r"/(?:" + r"work|root|Users)/\w|/ho" + r"me/\w+/")
CLOCKS = {"now", "utcnow", "today", "localtime", "gmtime"}


def test_no_file_carries_a_path_of_somebodys_machine():
    found = []
    for path in rooms.repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font
        found += [f"{path.relative_to(rooms.ROOT)}: {match[0]}" for match in MACHINE_PATH.finditer(text)]
    assert not found


def test_the_lock_names_no_index():
    lock = (rooms.ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.findall(r"^\s*--(?:index-url|extra-index-url|find-links|trusted-host)", lock, re.MULTILINE)
    assert "://" not in lock


def test_the_licence_lies_at_the_top():
    licence = (rooms.ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "Version 2.0" in licence


def test_every_vendored_part_is_in_the_notice():
    notice = (rooms.ROOT / "NOTICE").read_text(encoding="utf-8")
    vendored = [
        path.relative_to(rooms.ROOT).as_posix()
        for folder in ("src", "tests")
        for path in (rooms.ROOT / folder).rglob("vendor/*")
        if path.is_dir()
    ]
    assert [path for path in vendored if path not in notice] == []


def test_pure_rooms_read_no_clock():
    found = [
        f"{path.relative_to(rooms.ROOT)}:{node.lineno}: {node.attr}"
        for path in rooms.python_files()
        if rooms.room_of(path) in rooms.PURE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS
    ]
    assert not found


def test_sizes_are_measured(tmp_path):
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "fits.py").write_text("x = 1\n" * 400)
    (folder / "long.py").write_text("x = 1\n" * 401)
    (folder / "function.py").write_text("def f():\n" + "    x = 1\n" * 60)
    assert list(too_long(tmp_path)) == [
        "src/function.py:1: f has 61 lines, at most 60",
        "src/long.py: 401 lines, at most 400",
    ]
