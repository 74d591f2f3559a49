"""Legal bases from a workbook: looked at, carried out whole or not at all, and the same file again changes nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cchc.cli.main import main
from cchc.organizations import viewers
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.models import Account
from cchc.papers.actions.bases import change_basis
from cchc.papers.importing.layout import SHEET
from cchc.papers.models import BasesImport, LegalBasis
from cchc.records.sources import Validity
from cchc.tables.reading import read_tables
from cchc.tables.writing import Column, SheetToWrite, write_xlsx
from tests.factories import papers
from tests.factories.organizations import BY_TESTS, NOW, grant, official, unit

pytestmark = pytest.mark.django_db
ND_61 = {
    "kind": "Nghị định", "number": "61/2018/NĐ-CP", "issued_on": "23/04/2018", "issuer": "Chính phủ",
    "title": "về cơ chế một cửa", "starts_on": "21/06/2018",
}  # fmt: skip
ND_118 = {
    "kind": "Nghị định", "number": "118/2025/NĐ-CP", "issued_on": "09/06/2025", "issuer": "Chính phủ",
    "title": "về một cửa, một cửa liên thông", "starts_on": "01/07/2025",
}  # fmt: skip
ENDED = ND_61 | {"ends_on": "30/06/2025", "replaced_by": "118/2025/NĐ-CP"}
LAW = {"kind": "Luật", "issued_on": "16/06/2025", "issuer": "Quốc hội", "title": "Tổ chức chính quyền địa phương"}


@pytest.fixture(autouse=True)
def stopped_clock():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def province():
    return unit("tinh", name="tỉnh Mẫu")


@pytest.fixture
def keeper(province, monkeypatch):
    """Who keeps the library of the province."""
    monkeypatch.setattr(viewers, "needs_second_factor", lambda role: False)
    return signed_in("giu", "reform_officer", province)


def signed_in(code, role, over):
    person = official(code, works_in=over)
    grant(person, role, over)
    open_account(**BY_TESTS, official=person, username=f"{code}.mau", password="lua-chin-tren-nuong")
    client = Client()
    client.force_login(Account.objects.get(official=person))
    return client


def workbook(*rows, name=SHEET.name):
    columns = tuple(Column(column.names[0]) for column in SHEET.columns)
    cells = [[str(row.get(column.key, "")) for column in SHEET.columns] for row in rows]
    return write_xlsx([SheetToWrite(name, columns, cells)])


def handed_in(client, content, name="can-cu.xlsx"):
    answer = client.post("/can-cu/nhap/tinh/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return answer["Location"]


def carry_out(client, address):
    digest = client.get(address).context["plan"].digest()
    return client.post(f"{address}thuc-hien/", {"digest": digest})


@pytest.mark.requirement(95)
@pytest.mark.long
def test_a_file_is_shown_then_carried_out_then_changes_nothing(keeper, province):
    old = papers.basis(province, "61/2018/NĐ-CP", issued_on=date(2018, 4, 23), validity=Validity(date(2018, 6, 21)),
                       title="về cơ chế một cửa")  # fmt: skip
    address = handed_in(keeper, workbook(ENDED, ND_118, LAW))
    page = keeper.get(address).content.decode()
    assert "3 căn cứ được thêm hoặc sửa" in page and "118/2025/NĐ-CP" in page
    assert LegalBasis.objects.count() == 1, "nothing is written by looking"
    assert carry_out(keeper, address).status_code == 302
    old.refresh_from_db()
    assert (old.ends_on, old.replaced_by.number) == (date(2025, 6, 30), "118/2025/NĐ-CP")
    law = LegalBasis.objects.get(kind="law")
    assert (law.starts_on, law.number, law.verified) == (date(2025, 6, 16), "", False)
    made = BasesImport.objects.get()
    assert bytes(made.content) == b"" and made.committed_at
    again = keeper.get(handed_in(keeper, workbook(ENDED, ND_118, LAW)))
    assert again.context["plan"].changes == () and again.context["plan"].unchanged == 3
    assert carry_out(keeper, address).status_code == 422, "a file is carried out once"


@pytest.mark.crossing
@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([ND_61 | {"kind": "Thư"}], "papers.import_unknown_kind"),
        ([ND_61 | {"issued_on": "31/02/2018"}], "records."),
        ([ND_61 | {"starts_on": "01/01/2018"}], "papers.in_force_before_issued"),
        ([ND_61 | {"ends_on": "01/01/2018"}], "records.ends_before_start"),
        ([ND_61 | {"number": ""}], "papers.basis_incomplete"),
        ([ND_61, ND_61], "papers.import_twice"),
        ([ENDED], "papers.import_no_replacement"),
        ([ND_61 | {"replaced_by": "61/2018/NĐ-CP"}], "papers.import_no_replacement"),
        ([ENDED, ND_118, ND_118 | {"kind": "Quyết định"}], "papers.import_replacement_unclear"),
        ([ND_61 | {"verified": "hình như"}], "organizations.import_not_a_flag"),
    ],
)
def test_one_wrong_row_stops_all_and_is_told_with_its_place(keeper, rows, code):
    address = handed_in(keeper, workbook(LAW, *rows))
    plan = keeper.get(address).context["plan"]
    assert plan.problems[0].code.startswith(code)
    assert all(one.place.row > 1 for one in plan.problems)
    assert keeper.post(f"{address}thuc-hien/", {"digest": plan.digest()}).status_code == 422
    assert not LegalBasis.objects.exists()


def test_what_was_shown_is_what_is_carried_out(keeper, province):
    address = handed_in(keeper, workbook(ND_61))
    digest = keeper.get(address).context["plan"].digest()
    papers.basis(province, "61/2018/NĐ-CP", issued_on=date(2018, 4, 23), validity=Validity(date(2018, 6, 21)))
    refused = keeper.post(f"{address}thuc-hien/", {"digest": digest})
    assert refused.status_code == 409 and "Thư viện vừa thay đổi" in refused.content.decode()
    assert keeper.post(f"{address}bo/").status_code == 302
    assert "Đã bỏ" in keeper.get(address).content.decode()


@pytest.mark.long
def test_an_empty_cell_keeps_and_a_hyphen_empties(keeper, province):
    papers.basis(province, "61/2018/NĐ-CP", issued_on=date(2018, 4, 23), doubt="Chưa rõ", title="về cơ chế một cửa",
                 validity=Validity(date(2018, 6, 21), date(2025, 6, 30)))  # fmt: skip
    same = {key: ND_61[key] for key in ("kind", "number", "issued_on", "issuer", "title")}
    assert keeper.get(handed_in(keeper, workbook(same))).context["plan"].unchanged == 1
    carry_out(keeper, handed_in(keeper, workbook(same | {"ends_on": "-", "doubt": "–"})))
    basis = LegalBasis.objects.get()
    assert (basis.ends_on, basis.doubt, basis.verified) == (None, "", True)


@pytest.mark.long
def test_the_template_is_the_library_and_comes_back_unchanged(keeper, province):
    over, new = papers.expired(province), papers.basis(province)
    change_basis(**BY_TESTS, basis=over, facts=papers.facts(
        "110/2004/NĐ-CP", issued_on=date(2004, 4, 8), validity=Validity(date(2004, 5, 1), date(2020, 3, 4))),
        replaced_by=new)  # fmt: skip
    content = keeper.get("/can-cu/nhap/tinh/mau.xlsx").content
    assert len(read_tables(content, "can-cu.xlsx")[0].rows) == 3
    plan = keeper.get(handed_in(keeper, content)).context["plan"]
    assert (plan.changes, plan.problems, plan.unchanged) == ((), (), 2)


def test_a_file_is_seen_by_whoever_handed_it_in(keeper, province):
    address = handed_in(keeper, workbook(ND_61))
    assert signed_in("khac", "reform_officer", province).get(address).status_code == 404
    stranger = signed_in("nguoi-la", "receiving_officer", province)
    assert stranger.get("/can-cu/nhap/tinh/").status_code == 403
    assert stranger.get("/can-cu/nhap/tinh/mau.xlsx").status_code == 403
    other = keeper.get(handed_in(keeper, b"a;b\n1;2\n", "can-cu.csv"))
    assert other.status_code == 200 and other.context["problems"]


@pytest.mark.long
def test_the_command_looks_then_carries_out_then_changes_nothing(province, tmp_path, capsys):
    file = tmp_path / "can-cu.xlsx"
    file.write_bytes(workbook(ENDED, ND_118))
    given = ["bases", "import", str(file), "--unit", "tinh"]
    assert main([*given, "--dry-run", "--lang", "en"]) == 0
    assert "New bases: 2" in capsys.readouterr().out and not LegalBasis.objects.exists()
    assert main(given) == 0
    assert "Đã thực hiện" in capsys.readouterr().out and LegalBasis.objects.count() == 2
    assert main([*given, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"committed": False, "unchanged": 2, "changes": []}
    assert main(["bases", "template", str(tmp_path / "mau.xlsx"), "--unit", "tinh"]) == 0
    assert len(read_tables((tmp_path / "mau.xlsx").read_bytes(), "mau.xlsx")[0].rows) == 3
    capsys.readouterr()
    file.write_bytes(workbook(ND_61 | {"kind": "Thư"}))
    assert main([*given, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["row"] == 2
    assert main(["bases", "import", str(file), "--unit", "khong-co"]) == 1
