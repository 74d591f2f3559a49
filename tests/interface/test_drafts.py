"""What the server does for drafts that a device keeps: a key, a word that one is saved, the way back to the form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory

from cchc.interface.drafts import COOKIE, FIELD, draft_is_over, has_draft, key_of
from cchc.interface.forms import ActionForm, ReasonForm
from tests.factories.clients import client_of
from tests.factories.organizations import grant, official, unit

ID, OTHER = "0abc1def2345", "zzzzzzzzzz9"
REASON = "Theo phân công lại"


def saved(answer: HttpResponse) -> str | None:
    return answer.cookies[COOKIE].value if COOKIE in answer.cookies else None


@pytest.mark.parametrize("sent", ["", "kurz", "A" * 12, "a" * 33, "abcdefgh;path=/", "ẵẵẵẵẵẵẵẵẵẵ"])
def test_what_is_no_id_of_a_draft_is_not_answered(rf: RequestFactory, sent: str) -> None:
    asked = rf.post("/", {FIELD: sent})
    assert not has_draft(asked)
    assert saved(draft_is_over(asked, HttpResponse())) is None


def test_the_script_is_told_of_every_draft_it_does_not_know_of_yet(rf: RequestFactory) -> None:
    asked = rf.post("/", {FIELD: ID})
    assert saved(draft_is_over(asked, HttpResponse())) == ID
    asked.COOKIES[COOKIE] = f"{OTHER}.<script>"
    assert saved(draft_is_over(asked, HttpResponse())) == f"{OTHER}.{ID}"
    asked.COOKIES[COOKIE] = ".".join([OTHER] * 40)
    told = saved(draft_is_over(asked, HttpResponse())) or ""
    assert told.split(".") == [OTHER] * 9 + [ID]


def test_keys_of_accounts_differ_and_say_nothing() -> None:
    assert key_of("7") == key_of("7") != key_of("8")
    assert len(key_of("7")) == 32


def test_a_form_says_what_the_device_may_keep() -> None:
    tag = Template("{% load asking %}<form{% keeps_draft form %}>")
    said = [tag.render(Context({"form": form})) for form in (ActionForm(), ReasonForm(), ReasonForm({"reason": "x"}))]
    assert said == ["<form>", "<form data-draft>", "<form data-draft data-typed>"]


def forms_kept(of: type[ActionForm] = ActionForm) -> Iterator[type[ActionForm]]:
    for form in of.__subclasses__():
        if form.keeps_draft:
            yield form
        yield from forms_kept(form)


def test_no_form_with_a_file_or_a_password_is_kept() -> None:
    import cchc.followups.forms
    import cchc.papers.forms
    import cchc.registers.forms  # noqa: F401 - every form of these rooms is known now

    kept = set(forms_kept())
    assert {"DirectiveForm", "ProgressForm", "DraftForm", "EntryForm"} <= {form.__name__ for form in kept}
    fields = [field for form in kept for field in form.base_fields.values()]
    assert not [
        one for one in fields if isinstance(one, forms.FileField) or isinstance(one.widget, forms.PasswordInput)
    ]


@pytest.fixture
def site(db: None) -> Client:
    """An administrator, and a clerk with a role to take away."""
    province = unit("tinh", name="tỉnh Mẫu")
    person = official("quan-tri", "Nguyễn Thị Hoa", province)
    grant(person, "administrator", province, covers_subtree=True)
    grant(official("cb1", "Lê Văn Ba", province), "reform_officer", province)
    return client_of(person)


def address_of_role() -> str:
    from cchc.organizations.models import RoleGrant

    return f"/can-bo/cb1/vai-tro/{RoleGrant.objects.get(official__code='cb1').pk}/thu-hoi/"


def test_only_what_is_saved_ends_a_draft(site: Client) -> None:
    there = address_of_role()
    assert "data-draft>" in site.get(there).content.decode()
    refused = site.post(there, {"reason": " ", FIELD: ID})
    assert refused.status_code == 422 and saved(refused) is None
    assert "data-draft data-typed>" in refused.content.decode()
    done = site.post(there, {"reason": REASON, FIELD: ID})
    assert done.status_code == 302 and saved(done) == ID


def test_pages_name_the_key_of_whoever_is_signed_in_and_of_nobody_else(site: Client) -> None:
    page = site.get("/can-bo/cb1/").content.decode()
    assert f'data-drafts="{key_of(site.session["_auth_user_id"])}"' in page and 'data-draft-words="offered"' in page
    public = Client().get("/dang-nhap/").content.decode()
    assert "data-drafts=" not in public and "data-draft-words" not in public and 'data-draft-days="7"' in public


@pytest.mark.parametrize("there", ["/van-ban-chi-dao/them/tinh/", "/tep/1/xet/", "/van-ban/1/soan/"])
def test_whoever_is_no_longer_signed_in_is_told_so_and_comes_back_to_the_form(site: Client, there: str) -> None:
    asked = {"title": "Chấn chỉnh", FIELD: ID}
    answer = Client().post(there, asked, headers={"Referer": f"http://testserver{there}"})
    page = answer.content.decode()
    assert answer.status_code in {403, 404}
    assert "Nội dung đã nhập được giữ trên máy này" in page and saved(answer) is None
    assert f'href="/dang-nhap/?next={there.replace("/", "%2F")}"' in page
    assert "được giữ trên máy này" not in Client().post(there, {"title": "Chấn chỉnh"}).content.decode()


def test_a_form_that_has_expired_leads_back_to_it(site: Client) -> None:
    there, client = address_of_role(), Client(enforce_csrf_checks=True)
    answer = client.post(there, {"reason": REASON, FIELD: ID}, headers={"Referer": f"http://testserver{there}"})
    page = answer.content.decode()
    assert answer.status_code == 403 and f'href="{there}"' in page and "Trở lại biểu mẫu" in page
    assert "được giữ trên máy này" in page
    alone = client.post(there, {"reason": REASON}).content.decode()
    assert "Trở lại biểu mẫu" not in alone and "được giữ trên máy này" not in alone
