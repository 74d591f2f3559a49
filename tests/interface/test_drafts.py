"""What the server does for drafts that a device keeps: a key, a word that one is saved, the way back to the form."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory

import cchc
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


def all_forms(of: type[ActionForm] = ActionForm) -> Iterator[type[ActionForm]]:
    for form in of.__subclasses__():
        yield form
        yield from all_forms(form)


def has(form: type[ActionForm], *kinds: type[object]) -> bool:
    return any(isinstance(one, kinds) or isinstance(one.widget, kinds) for one in form.base_fields.values())


def test_forms_with_long_texts_are_kept_and_none_with_a_file_or_a_password() -> None:
    for module in walk_packages(cchc.__path__, "cchc."):
        if module.name.endswith("forms"):
            import_module(module.name)
    known = [form for form in all_forms() if form.__module__.startswith("cchc.")]
    assert {"DirectiveForm", "ProgressForm", "DraftForm", "EntryForm"} <= {one.__name__ for one in known}
    assert [one for one in known if has(one, forms.Textarea) and not one.keeps_draft] == []
    assert [one for one in known if has(one, forms.FileField, forms.PasswordInput) and one.keeps_draft] == []


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


def test_a_fault_leads_back_to_the_form_too(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    there = address_of_role()
    monkeypatch.setattr("cchc.organizations.views.people.withdraw_role", lambda **_: 1 // 0)
    site.raise_request_exception = False
    answer = site.post(there, {"reason": REASON, FIELD: ID}, headers={"Referer": f"http://testserver{there}"})
    page = answer.content.decode()
    assert answer.status_code == 500 and f'href="{there}"' in page and "được giữ trên máy này" in page


def test_what_is_too_large_to_be_read_keeps_no_draft(site: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = site.post(address_of_role(), {"reason": "x" * 200, FIELD: ID})
    assert answer.status_code == 413 and "được giữ trên máy này" not in answer.content.decode()
