"""The first hour: an export of another one-stop goes in by pages, late dossiers by name come out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cchc.interface.models import Job
from cchc.organizations.models import Official
from cchc.oversight.models import DelaySource, KeptSpell, KeptSum, LogImport, SourceName
from tests.factories.dossiers import Desk
from tests.factories.jobs import do_job
from tests.factories.logs import SAMPLE, handed_in, log_source, mapped, matched, sample, tried
from tests.factories.organizations import grant, official, unit
from tests.factories.oversight import check_conserved
from tests.rights.site import signed_in

TUAN, VHXH = "Trần Minh Tuấn", "Phòng Văn hóa - Xã hội"


@pytest.fixture
def keeper(desk: Desk) -> Client:
    person = official("kiem-soat", works_in=desk.commune)
    grant(person, "procedure_control_officer", desk.commune, covers_subtree=True)
    return signed_in(person)


@pytest.fixture
def tuan(desk: Desk) -> Official:
    return official("tuan", TUAN, works_in=unit("phong-vhxh", desk.commune, name=VHXH))


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"oversight:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def work() -> Iterator[str]:
    for job in Job.objects.filter(state="open").order_by("pk"):
        yield do_job(job).kind


@pytest.mark.requirement(71, 72)
def test_one_export_in_late_dossiers_by_name_out(desk: Desk, keeper: Client, tuan: Official):
    assert "Chưa có nguồn nào" in page(keeper, "sources")
    keeper.post(reverse("oversight:source-new"), {"name": "iGate", "unit": desk.commune.code})
    source = DelaySource.objects.get(kind="log")
    log = SimpleUploadedFile(f"{SAMPLE}.csv", sample())
    given = {"file": log, "denies_state_secret": "on"}
    answer = keeper.post(reverse("oversight:log-new", args=[source.pk]), given)
    made = LogImport.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("oversight:log", args=[made.pk])
    assert list(work()) == ["oversight.look_at_log"]
    shown = page(keeper, "log", made.pk)
    assert "Các dòng đầu như được đọc" in shown and "H99.01.02-260302-0001" in shown and "08:00, 02/03/2026" in shown
    assert "không thể đề nghị công khai ai" in shown
    columns = page(keeper, "log-columns", made.pk)
    assert '<option value="Mã hồ sơ" selected>' in columns and "Thẩm định hồ sơ =" in columns
    chosen = {
        "case": "Mã hồ sơ", "activity": "Tên bước", "time": "Thời gian thực hiện", "official": "Cán bộ xử lý",
        "unit": "Phòng ban xử lý", "procedure": "Tên TTHC", "received": "Ngày tiếp nhận", "due": "Ngày hẹn trả",
        "finished": "Ngày kết thúc xử lý", "calendar": "vn", "open_until": "31/03/2026 17:00",
        "limits": "Thẩm định* = 2 ngày làm việc\nTrình ký = 8 giờ\nTrả kết quả =", "version": made.version,
    }  # fmt: skip
    saved = keeper.post(reverse("oversight:log-columns", args=[made.pk]), chosen)
    assert saved.status_code == 302, saved.content.decode()
    made.refresh_from_db()
    assert '"Thẩm định*": {working_days: 2}' in made.mapping and '"Trình ký": {working_minutes: 480}' in made.mapping
    keeper.post(reverse("oversight:log-try", args=[made.pk]))
    assert list(work()) == ["oversight.try_log"]
    shown = page(keeper, "log", made.pk)
    assert "Kết quả chạy thử" in shown and TUAN in shown and not KeptSpell.objects.exists()
    keeper.post(reverse("oversight:log-load", args=[made.pk]))
    assert list(work()) == ["oversight.load_log"]
    assert "Đã nhập lúc" in page(keeper, "log", made.pk)
    assert TUAN in set(KeptSum.objects.filter(overdue__gt=0).order_by("pk").values_list("holder_name", flat=True))
    assert "chưa xác định" in page(keeper, "source", source.pk)
    check_conserved()


def test_names_are_confirmed_and_decided_by_pages(desk: Desk, keeper: Client, tuan: Official):
    source = log_source(desk.commune)
    tried(mapped(handed_in(source)))
    name = SourceName.objects.get(text=TUAN)
    value = f"{name.pk}:official:tuan"
    assert f'value="{value}"' in page(keeper, "names", source.pk)
    answer = keeper.post(reverse("oversight:names", args=[source.pk]), {"khop": [value]})
    assert answer.status_code == 302
    name.refresh_from_db()
    assert (name.meant, name.official) == ("matched", tuan)
    assert TUAN in page(keeper, "names", source.pk, xem="da-khop")
    nothing = keeper.post(reverse("oversight:names", args=[source.pk]), {"khop": ["x", "1:2", f"{name.pk}:unit:no"]})
    assert nothing.status_code == 422 and "Chưa chọn" in nothing.content.decode()
    given = {"meant": "system", "version": name.version}
    decided = keeper.post(reverse("oversight:name", args=[name.pk]), given)
    assert decided.status_code == 302
    name.refresh_from_db()
    assert (name.meant, name.official) == ("system", None)
    stale = keeper.post(reverse("oversight:name", args=[name.pk]), given | {"meant": "nobody"})
    assert stale.status_code == 409
    matched()


def test_what_is_wrong_is_said_and_what_was_typed_stays(desk: Desk, keeper: Client):
    source = log_source(desk.commune)
    for content, status in ((b"", 422), (b"\x1f\x8b\x08rubbish", 400)):
        given = {"file": SimpleUploadedFile("a.csv", content), "denies_state_secret": "on"}
        answer = keeper.post(reverse("oversight:log-new", args=[source.pk]), given)
        assert answer.status_code == status
    assert not LogImport.objects.exists()
    made = handed_in(source)
    broken = {"mapping": "case: Mã hồ sơ\nsai_khóa: 1\n", "version": made.version}
    answer = keeper.post(reverse("oversight:log-yaml", args=[made.pk]), broken)
    assert answer.status_code == 422 and "sai_khóa: 1" in answer.content.decode()
    unknown = {"mapping": "case: Mã\nactivity: Tên bước\ntime: Thời gian thực hiện\n", "version": made.version}
    assert keeper.post(reverse("oversight:log-yaml", args=[made.pk]), unknown).status_code == 302
    assert "Nhật ký không có cột “Mã”" in page(keeper, "log", made.pk)
    aside = keeper.post(reverse("oversight:log-aside", args=[made.pk]))
    assert aside.status_code == 302
    again = keeper.post(reverse("oversight:log-load", args=[made.pk]))
    assert again.status_code == 422 and "trạng thái" in again.content.decode()


def test_rows_that_cannot_be_used_are_downloaded(desk: Desk, keeper: Client):
    broken = sample().replace(b"/03/2026 08:", b"/99/2026 08:")
    made = tried(mapped(handed_in(log_source(desk.commune), broken)))
    shown = page(keeper, "log", made.pk)
    assert "Quá nhiều dòng không dùng được" in shown
    answer = keeper.get(reverse("oversight:log-rejects", args=[made.pk]))
    assert b"".join(answer.streaming_content).startswith(b"row,reason\n")


def test_whoever_keeps_no_source_sees_none(desk: Desk):
    source = log_source(desk.commune)
    stranger = signed_in(desk.receiver)
    assert stranger.get(reverse("oversight:sources")).status_code == 403
    assert stranger.get(reverse("oversight:source", args=[source.pk])).status_code == 403
