"""`cchc units`: an installation gets its units, its officials and its first administrator."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import time_machine

from cchc.audit.models import AuditEvent
from cchc.cli.main import main
from cchc.organizations.models import Account, Official, Reorganization, Unit
from cchc.organizations.queries import people, units
from cchc.organizations.queries.ties import ties_of
from cchc.tables.reading import read_path
from tests.factories.organizations import NOW, TODAY
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
TINH = {"code": "tinh", "name": "tỉnh Ẵng Mẫu", "kind": "province", "parent": "-", "starts_on": "01/07/2025"}
XA = {"code": "xa", "name": "xã Ẵng", "kind": "Xã", "parent": "tinh", "starts_on": "01/07/2025"}
ANG = {"code": "cb9", "name": "Lò Văn Ẵng", "post": "Chủ tịch", "unit": "xa", "starts_on": "01/07/2025"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "don-vi.xlsx"
    path.write_bytes(workbook([TINH, XA], [ANG]))
    return path


def test_a_file_is_looked_at_then_carried_out_then_changes_nothing(file, capsys):
    assert main(["units", "import", str(file), "--dry-run"]) == 0
    assert "Đơn vị mới: 2" in capsys.readouterr().out
    assert not Unit.objects.exists()
    assert main(["units", "import", str(file), "--lang", "en"]) == 0
    assert "New officials: 1" in capsys.readouterr().out
    (tie,) = ties_of(Unit.objects.get(code="xa"), TODAY).staff
    assert tie.name == "Lò Văn Ẵng"
    events = AuditEvent.objects.count()
    assert main(["units", "import", str(file), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["committed"], document["changes"], document["counts"]["unchanged_units"]) == (False, [], 2)
    assert AuditEvent.objects.count() == events


def test_wrong_rows_are_told_and_nothing_is_written(tmp_path, capsys):
    path = tmp_path / "sai.xlsx"
    path.write_bytes(workbook([TINH, XA | {"parent": "khong"}], [ANG | {"starts_on": "mai"}]))
    assert main(["units", "import", str(path)]) == 1
    told = capsys.readouterr().err
    assert "sai.xlsx:Đơn vị:3" in told and "sai.xlsx:Cán bộ:2:E" in told
    for flags in ([], ["--dry-run"]):
        assert main(["units", "import", str(path), "--json", *flags]) == 1
        document = json.loads(capsys.readouterr().out)
        assert [(one["row"], one["code"]) for one in document["problems"]] == [
            (2, "records.not_a_date"), (3, "organizations.import_unknown_unit"),
        ]  # fmt: skip
    assert not Unit.objects.exists()


@pytest.mark.parametrize("content", [None, b"%PDF-1.7"])
def test_what_cannot_be_read(tmp_path, capsys, content):
    path = tmp_path / "a.xlsx"
    if content is not None:
        path.write_bytes(content)
    assert main(["units", "import", str(path)]) == 2
    assert main(["units", "import", str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["problems"][0]["next_step"]


def test_the_template_holds_what_there_is(file, tmp_path, capsys):
    assert main(["units", "import", str(file)]) == 0
    out = tmp_path / "mau.xlsx"
    assert main(["units", "template", str(out)]) == 0
    _, unit_sheet, official_sheet = read_path(out)[:3]
    assert [row.cell(0).text for row in unit_sheet.rows] == ["Mã đơn vị", "tinh", "xa"]
    assert official_sheet.rows[1].cell(1).text == "Lò Văn Ẵng"
    capsys.readouterr()
    assert main(["units", "import", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
    assert main(["units", "template", str(tmp_path / "mau.csv")]) == 2


@pytest.mark.requirement(4)
def test_shipped_provinces_then_the_first_administrator_and_no_second(capsys):
    assert main(["units", "shipped", "--communes", "ha-noi"]) == 1
    assert main(["units", "shipped"]) == 0
    assert units.children(None, TODAY).count() == 34
    assert main(["units", "administrator", "--unit", "khong-co", "--name", "A"]) == 1
    capsys.readouterr()
    given = ["units", "administrator", "--unit", "quang-ngai", "--name", "Nguyễn Thị Hoa", "--username", "hoa.nt"]
    assert main(given) == 0
    said = capsys.readouterr().out
    account = Account.objects.get(username="hoa.nt")
    assert account.check_password(said.split("Mật khẩu: ")[1].split(" ")[0])
    assert account.official.name == "Nguyễn Thị Hoa"
    (held,) = people.named_grants(account.official, TODAY)
    assert (held.role, held.unit.code, held.covers_subtree) == ("administrator", "quang-ngai", True)
    assert main([*given[:-1], "hoa2.nt", "--code", "khac"]) == 1
    assert "hoa.nt" in capsys.readouterr().err
    assert Official.objects.count() == 1, "nothing half done"


@pytest.mark.requirement(4)
@pytest.mark.long
def test_with_the_communes_of_today_come_those_of_before_and_what_became_of_them(capsys):
    mergers = set()
    for _ in range(2):  # the second time changes nothing
        assert main(["units", "shipped", "--communes", "quang-ngai", "--communes", "quang-ngai"]) == 0
        told = capsys.readouterr().out
        assert "huyện Kon Rẫy: 7 xã, thị trấn trước 01/07/2025" in told and "huyện Kon Plông: 9 xã" in told
        assert told.count("chưa xác minh") == 2, "each says so"
        mergers.add(Reorganization.objects.count())
    old = Unit.objects.get(code="xa-dak-pne")
    (today,) = units.heirs_of(old, TODAY)
    assert today.code == "xa-dak-rve-23479"
    assert Unit.objects.filter(code__in=["huyen-kon-ray", "huyen-kon-plong"]).count() == 2
    assert mergers == {23 + 6}, "of provinces and of communes, each once"


KIEM_NHIEM = {"code": "cb9", "name": "Lò Văn Ẵng", "unit": "tinh", "post": "Ủy viên", "starts_on": "01/08/2025"}


def test_posts_beside_the_main_one_are_counted_in_words(tmp_path, capsys):
    path = tmp_path / "kiem-nhiem.xlsx"
    path.write_bytes(workbook([TINH, XA], [ANG], [KIEM_NHIEM]))
    assert main(["units", "import", str(path)]) == 0
    assert "Bố trí kiêm nhiệm: 1" in capsys.readouterr().out


@pytest.mark.requirement(84)
def test_on_a_terminal_it_counts_what_is_written(file, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["units", "import", str(file)]) == 0
    told = capsys.readouterr()
    assert "Đang ghi các thay đổi" in told.err and "4/4" in told.err
    assert "Đang ghi" not in told.out


def test_stopped_by_the_keyboard_it_says_that_nothing_is_written(file, capsys, monkeypatch):
    def interrupt(*changes: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cchc.organizations.actions.carrying_out.renew_links", interrupt)
    assert main(["units", "import", str(file)]) == 130
    assert "chưa ghi thay đổi nào" in capsys.readouterr().err
    assert not Unit.objects.exists()
