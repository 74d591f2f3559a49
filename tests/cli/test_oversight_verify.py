"""`cchc oversight verify`: a published list is checked with nothing but the file."""

from __future__ import annotations

import json

from cchc.cli.main import main
from cchc.oversight.published_list import FORMAT, file_of, summed


def test_verify_checks_a_published_file_and_says_what_is_wrong(tmp_path, capsys):
    empty = {"officials": [], "unnamed": [], "errata": [], "totals": {}}
    unit = {"code": "xa-mau", "name": "xã Mẫu"}
    content = summed(
        {"format": FORMAT, "unit": unit, "month": "2026-10", "minimum": 10, "version": 1, "previous_sha256": ""} | empty
    )
    file = tmp_path / "danh-sach.json"
    file.write_text(file_of([content], {}), encoding="utf-8")
    assert main(["oversight", "verify", str(file), "--lang", "en"]) == 0
    assert "Hashes, the chain of errata, sums and ranks all hold." in capsys.readouterr().out
    file.write_text(file.read_text(encoding="utf-8").replace("2026-10", "2026-09"), encoding="utf-8")
    assert main(["oversight", "verify", str(file), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "oversight.hash_differs"
    file.write_text("[]", encoding="utf-8")
    assert main(["oversight", "verify", str(file)]) == 1
    assert main(["oversight", "verify", str(tmp_path / "missing.json")]) == 2
