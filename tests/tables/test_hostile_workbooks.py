"""Bombs: refused within seconds, and the process that reads them never grows past its memory."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

import cchc.tables
from cchc.records.errors import Unreadable
from cchc.tables.reading import read_tables
from tests.tables.workbooks import sheet, strings, workbook

ROW = "<row><c><v>1</v></c></row>"
BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 10 + '"><!ENTITY c "' + "&b;" * 10 + '">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
ENTITY_CELL = '<row><c t="inlineStr"><is><t>&a;</t></is></c></row>'
LOOSE = {"expansion": 10**6, "expanded_bytes": 10**9, "child_cpu_seconds": 3}
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from cchc.records.errors import DomainError
from cchc.tables.limits import Limits
from cchc.tables.reading import read_path
started, code = time.monotonic(), None
try:
    read_path(sys.argv[1], Limits(**json.loads(sys.argv[2])))
except DomainError as error:
    code = error.code
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
status = Path("/proc/self/status").read_text()  # ru_maxrss would count the test runner this was forked from
own = int(status.split("VmHWM:")[1].split()[0]) * 1024
print(json.dumps({"code": code, "seconds": time.monotonic() - started, "child": children, "own": own}))
"""


def many_members() -> bytes:
    target = BytesIO(workbook(sheet(ROW)))
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/media/{number}", b"")
    return target.getvalue()


def lying_about_its_size() -> bytes:
    """A sheet of 50 MB that declares 1,000 bytes."""
    content = workbook(sheet(*[" " * 1_000_000] * 50))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    return content.replace(real.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "400 MB of blanks": (lambda: workbook(sheet(*[" " * 1_000_000] * 400)), "tables.expands_too_much"),
    "five million rows": (lambda: workbook(sheet(*[ROW * 100_000] * 50)), "tables.expands_too_much"),
    "size declared wrongly": (lying_about_its_size, "tables.damaged_workbook"),
    "many members": (many_members, "tables.too_many_members"),
    "billion laughs": (lambda: workbook(sheet(ENTITY_CELL.replace("a;", "c;"), prolog=BILLION)), "tables.dtd"),
    "external entity": (lambda: workbook(sheet(ENTITY_CELL, prolog=EXTERNAL)), "tables.dtd"),
    "entities in the shared strings": (
        lambda: workbook(sheet(ROW), **{"xl/sharedStrings.xml": [BILLION, *strings(["<si><t>&c;</t></si>"])]}),
        "tables.dtd",
    ),
    "the last cell of a sheet": (
        lambda: workbook(
            sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>')
        ),
        "tables.too_many_columns",
    ),
    "a row past the last": (
        lambda: workbook(sheet('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')),
        "tables.damaged_workbook",
    ),
    "one long text named often": (
        lambda: workbook(
            sheet(*[f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for row in range(1, 30)]),
            **{"xl/sharedStrings.xml": strings(["<si><t>", "ă" * 32_000, "</t></si>"])},
        ),
        "tables.too_many_characters",
    ),
    "one text too long": (
        lambda: workbook(sheet(f'<row><c t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>')),
        "tables.cell_too_long",
    ),
    "UTF-16 that hides a DTD": (
        lambda: workbook("".join(sheet(ENTITY_CELL.replace("a;", "c;"), prolog=BILLION)).encode("utf-16")),
        "tables.damaged_workbook",
    ),
}

# What the inner walls do when the outer one, the ratio of expansion, is taken away.
INNER: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "five million rows": (
        lambda: workbook(sheet(*[ROW * 100_000] * 50)),
        {"tables.too_complex", "tables.too_many_rows"},
    ),
    "five million empty rows": (
        lambda: workbook(sheet(*["<row/>" * 100_000] * 50)),
        {"tables.too_complex", "tables.damaged_workbook"},  # too slow, or past the last row on a fast machine
    ),
    "one row of millions": (
        lambda: workbook(sheet("<row>", *["<c><v>1</v></c>" * 100_000] * 50, "</row>")),
        {"tables.too_complex"},
    ),
    "one text of 190 MB": (
        lambda: workbook(sheet('<row><c t="inlineStr"><is><t>', *["x" * 1_000_000] * 190, "</t></is></c></row>")),
        {"tables.too_complex"},
    ),
    "a million texts": (
        lambda: workbook(
            sheet(ROW),
            **{"xl/sharedStrings.xml": strings(f"<si><t>{number:x}</t></si>" for number in range(1_000_000))},
        ),
        {"tables.too_complex"},
    ),
}


@pytest.mark.crossing
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_for_what_they_are(name: str) -> None:
    make, code = BOMBS[name]
    with pytest.raises(Unreadable) as caught:
        read_tables(make(), "bom.xlsx")
    assert caught.value.code == code


@pytest.mark.skipif(sys.platform != "linux", reason="measures resident memory as Linux reports it")
@pytest.mark.crossing
@pytest.mark.parametrize("name", INNER)
def test_memory_and_time_stay_bounded_without_the_outer_wall(name: str, tmp_path: Path) -> None:
    make, codes = INNER[name]
    bomb = tmp_path / "bom.xlsx"
    bomb.write_bytes(make())
    measured = json.loads(
        subprocess.run(
            [sys.executable, "-c", MEASURE, str(bomb), json.dumps(LOOSE)],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONPATH": str(Path(cchc.tables.__file__).parents[2])},
        ).stdout
    )
    assert measured["code"] in codes
    assert measured["child"] <= 300_000_000
    assert measured["own"] <= 300_000_000
    assert measured["seconds"] <= 25  # 20 for the caller's clock on a busy machine
