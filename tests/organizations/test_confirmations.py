"""What is done for a stated reason: asked on a page of its own, and a refusal loses nothing that was typed."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from cchc.organizations.actions.accounts import close_account, end_second_factor, open_account
from cchc.organizations.actions.rights import delegate, end_delegation, withdraw_role
from cchc.organizations.actions.units import end_supervision, give_supervision
from cchc.organizations.models import Account, Delegation, RoleGrant, Supervision
from cchc.records.sources import Source
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit
from tests.organizations.test_reorganizing import ADDRESS as MERGER
from tests.organizations.test_reorganizing import MERGE, chosen, hidden, koi
from tests.organizations.test_signing_in import PASSWORD

__all__ = ["koi"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
REASON = "Theo Quyết định số 12/QĐ-UBND về việc phân công lại nhiệm vụ"
REFUSED, GONE_ON = 422, 302


@pytest.fixture
def addresses(province) -> dict[str, str]:
    """Where each of them is asked about, for a clerk who has all that can be taken away."""
    clerk, other = official("cb1", "Lê Văn Ba", province), official("cb2", "Trần Thị Tư", province)
    held = grant(clerk, "reform_officer", province)
    account = open_account(**BY_TESTS, official=clerk, username="ba.lv", password=PASSWORD)
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    deputy = delegate(
        **BY_TESTS, principal=clerk, deputy=other, starts_on=LONG_AGO, ends_on=TODAY.replace(day=30), role="",
        reason="Đi công tác",
    )  # fmt: skip
    office, commune = unit("so", province, "department", "Sở Nội vụ"), unit("xa", province, "commune", "xã Một")
    followed = give_supervision(
        **BY_TESTS, supervisor=office, unit=commune, starts_on=LONG_AGO, ends_on=None, source=Source("QĐ 5")
    )  # fmt: skip
    return {
        "role": f"/can-bo/cb1/vai-tro/{held.pk}/thu-hoi/",
        "deputy": f"/can-bo/cb1/uy-quyen/{deputy.pk}/thoi/",
        "supervision": f"/don-vi/xa/theo-doi/{followed.pk}/thoi/",
        "factor": "/can-bo/cb1/tai-khoan/hai-lop/",
        "close": "/can-bo/cb1/tai-khoan/khoa/",
        "reopen": "/can-bo/cb1/tai-khoan/mo-lai/",
        "password": "/can-bo/cb1/tai-khoan/mat-khau/",
    }


@pytest.mark.parametrize(
    ("what", "question", "effect"),
    [
        (
            "role",
            "Thu hồi vai trò “Công chức phụ trách cải cách hành chính” của Lê Văn Ba?",
            "ngay từ thao tác kế tiếp",
        ),
        ("deputy", "Kết thúc ủy quyền của Lê Văn Ba cho Trần Thị Tư?", "Cả hai người được báo."),
        ("supervision", "Thôi để Sở Nội vụ theo dõi xã Một?", "đến hết hôm nay"),
        ("factor", "Gỡ xác thực hai lớp của Lê Văn Ba?", "Thiết bị và mã dự phòng hết hiệu lực"),
        ("close", "Khóa tài khoản của Lê Văn Ba?", "Không ai đăng nhập được"),
    ],
)
def test_the_object_and_the_effect_are_said_before(administrator, addresses, what, question, effect):
    page = administrator.get(addresses[what]).content.decode()
    assert question in page and effect in page


def ended_before(what: str) -> None:
    """Somebody else was quicker."""
    last = {**BY_TESTS, "ends_on": date(2026, 11, 1), "reason": "Lần đầu"}
    account = Account.objects.get(username="ba.lv")
    acts = {
        "role": lambda: withdraw_role(**last, grant=RoleGrant.objects.get(official__code="cb1")),
        "deputy": lambda: end_delegation(**last, delegation=Delegation.objects.get()),
        "supervision": lambda: end_supervision(**last, supervision=Supervision.objects.get()),
        "factor": lambda: end_second_factor(**BY_TESTS, account=account, reason="Lần đầu"),
        "close": lambda: close_account(**BY_TESTS, account=account, reason="Lần đầu"),
    }
    acts[what]()


@pytest.mark.parametrize("what", ["role", "deputy", "supervision", "factor", "close"])
def test_who_comes_second_keeps_the_reason(administrator, addresses, what):
    ended_before(what)
    refused = administrator.post(addresses[what], {"reason": REASON})
    said = refused.content.decode()
    assert refused.status_code == REFUSED and refused.context["form"].non_field_errors()
    assert f">\n{REASON}</textarea>" in said and "data-focus" in said


@pytest.mark.parametrize("what", ["role", "deputy", "supervision", "factor", "close"])
def test_who_is_first_goes_on(administrator, addresses, what):
    done = administrator.post(addresses[what], {"reason": REASON}, follow=True)
    assert [status for _address, status in done.redirect_chain] == [GONE_ON] and "kind-ok" in done.content.decode()


@pytest.mark.parametrize("what", ["role", "deputy", "supervision", "factor", "close", "password"])
def test_without_a_reason_the_page_says_so_at_the_field(administrator, addresses, what):
    answer = administrator.post(addresses[what], {"reason": "  "})
    assert answer.status_code == REFUSED and list(answer.context["form"].errors) == ["reason"]
    assert RoleGrant.objects.get(official__code="cb1").ends_on is None
    assert Account.objects.get(username="ba.lv").ended_at is None


def test_a_password_that_cannot_be_given_keeps_the_reason(administrator, addresses):
    assert administrator.post(addresses["reopen"], {"reason": REASON}).status_code == REFUSED, "it is open"
    assert administrator.post(addresses["close"], {"reason": "Nghỉ việc"}).status_code == GONE_ON
    refused = administrator.post(addresses["password"], {"reason": REASON})
    assert refused.status_code == REFUSED and REASON in refused.content.decode()
    assert administrator.post(addresses["reopen"], {"reason": REASON}).status_code == GONE_ON


def test_a_name_that_is_taken_is_kept_with_what_is_wrong(administrator, addresses):
    address = "/can-bo/cb2/tai-khoan/"
    assert "Tài khoản cho Trần Thị Tư" in administrator.get(address).content.decode()
    refused = administrator.post(address, {"username": "ba.lv"})
    assert refused.status_code == REFUSED and 'value="ba.lv"' in refused.content.decode()
    assert administrator.post(address, {"username": ""}).status_code == REFUSED
    assert administrator.post(address, {"username": "tu.tt"}).context["password"]


def test_the_reason_of_a_merger_waits_until_the_choices_are_mended(administrator, koi):
    asks = chosen(administrator, MERGER, MERGE, A_Thu="ends")
    official("moi", "Người Mới", koi, post="Phó Chủ tịch")
    refused = administrator.post(MERGER, hidden(asks) | {"reason": REASON})
    assert refused.status_code == REFUSED and f'name="reason" value="{REASON}"' in refused.content.decode()


def test_the_reason_of_a_merger_waits_until_the_decision_is_mended(administrator, koi):
    asks = chosen(administrator, MERGER, MERGE, A_Thu="ends")
    refused = administrator.post(MERGER, hidden(asks) | {"starts_on": "23/11/1900", "reason": REASON})
    assert refused.status_code == REFUSED and f'name="reason" value="{REASON}"' in refused.content.decode()


def test_what_has_not_begun_is_said_to_be_taken_back(administrator, province):
    later = grant(official("cb1", "Lê Văn Ba", province), "reform_officer", province, starts_on=date(2026, 12, 1))
    address = f"/can-bo/cb1/vai-tro/{later.pk}/thu-hoi/"
    assert "sẽ không có hiệu lực" in administrator.get(address).content.decode()
    assert administrator.post(address, {"reason": REASON}).status_code == GONE_ON


def test_a_reason_in_a_line_of_a_page_is_kept_under_the_address_of_its_question(administrator, addresses):
    official_page = administrator.get("/can-bo/cb1/").content.decode()
    for what in ("role", "deputy", "close"):
        assert f'action="{addresses[what]}" data-draft>' in official_page
    assert f'action="{addresses["supervision"]}" data-draft>' in administrator.get("/don-vi/xa/").content.decode()
