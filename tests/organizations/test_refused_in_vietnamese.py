"""Libraries refuse what is typed, too: on Vietnamese pages in Vietnamese, on English ones in English."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cchc.organizations.actions.accounts import open_account
from cchc.organizations.forms import NewUnitForm
from tests.factories.organizations import BY_TESTS, official, unit
from tests.organizations.test_signing_in import PASSWORD, sign_in

ENGLISH = re.compile(r"(?i)\b(the|this|that|is|are|must|your|please|not|enter|incorrect|valid|value|username|ensure)\b")
NEW = "mot-mat-khau-moi-that-dai"


def refusals(form: forms.Form) -> list[str]:
    return [str(text) for texts in form.errors.values() for text in texts]


def check_vietnamese(said: list[str]) -> None:
    assert said, "what is typed must be refused"
    assert [text for text in said if ENGLISH.search(text) or " ." in text] == []


@pytest.fixture
def owner(client: Client) -> Client:
    """Signed in with a name and a password."""
    person = official("cb1", "Nguyễn Thị Hoa", unit("tinh"))
    open_account(**BY_TESTS, official=person, username="hoanguyenthi", password=PASSWORD)
    sign_in(client, username="hoanguyenthi")
    return client


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("old", "new", "once_more", "said"),
    [
        ("khong-phai", NEW, NEW, "Mật khẩu hiện tại chưa đúng"),
        (PASSWORD, NEW, "khac-han-mat-khau-moi", "phải giống nhau"),
        (PASSWORD, "ngan", "ngan", "cần ít nhất 10 ký tự"),
        (PASSWORD, "hoanguyenthi1", "hoanguyenthi1", "quá giống tên đăng nhập"),
        (PASSWORD, "1234567890", "1234567890", "chỉ gồm chữ số"),
        (PASSWORD, "qwertyuiop", "qwertyuiop", "quá phổ biến"),
        (PASSWORD, "co\0ky-tu-rong-o-giua", "co\0ky-tu-rong-o-giua", "ký tự rỗng"),
        ("", "", "", "bắt buộc"),
    ],
)
def test_another_password_is_refused_in_vietnamese(
    owner: Client, old: str, new: str, once_more: str, said: str
) -> None:
    typed = {"oldpassword": old, "password1": new, "password2": once_more}
    found = refusals(owner.post(reverse("account_change_password"), typed).context["form"])
    check_vietnamese(found)
    assert said in " ".join(found)


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
def test_signing_in_confirming_and_the_second_factor_are_refused_in_vietnamese(owner: Client) -> None:
    again = reverse("account_reauthenticate")
    check_vietnamese(refusals(owner.post(again, {"password": "khong-phai"}).context["form"]))
    owner.post(again, {"password": PASSWORD})
    for code in ("000000", "", "chu", "1" * 300, "\0"):
        check_vietnamese(refusals(owner.post(reverse("mfa_activate_totp"), {"code": code}).context["form"]))
    for name in ("hoanguyenthi", "", "a\0b", "a" * 400):
        typed = {"login": name, "password": "khong-phai"}
        check_vietnamese(refusals(Client().post(reverse("account_login"), typed).context["form"]))


class OfEveryField(forms.Form):
    """The kinds of fields that our forms have."""

    slug = forms.SlugField(max_length=5)
    number = forms.IntegerField(min_value=1, max_value=9)
    words = forms.CharField(min_length=2, max_length=5)
    email = forms.EmailField()
    link = forms.URLField(assume_scheme="https")
    choice = forms.ChoiceField(choices=[("a", "A")])
    choices = forms.MultipleChoiceField(choices=[("a", "A")])
    typed = forms.TypedMultipleChoiceField(choices=[(1, "A")], coerce=int)
    file = forms.FileField()


@pytest.mark.parametrize("typed", ["", "chữ có dấu", "0", "99", "a\0b", "a", "sai@", "http://"])
def test_every_kind_of_field_refuses_in_vietnamese(typed: str) -> None:
    with translation.override("vi"):
        check_vietnamese(refusals(OfEveryField(dict.fromkeys(OfEveryField.base_fields, typed))))


def test_a_code_of_a_unit_is_refused_in_the_language_of_the_page() -> None:
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = NewUnitForm({"code": "xã một"}).errors["code"][0]
    assert "chữ cái không dấu" in said["vi"] and said["en"].startswith("Enter a valid")
