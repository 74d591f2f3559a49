"""allauth's forms with our labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondFactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cchc.interface.errors import current_language
from cchc.records.errors import Message
from cchc.records.words import say

_CODE = _("Code from the authenticator app, or a recovery code")


class _Labelled:
    """Puts our labels on the fields, and takes away placeholders: a label that vanishes helps nobody."""

    labels: ClassVar[Mapping[str, str | Promise]]
    fields: Mapping[str, Any]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name, label in self.labels.items():
            self.fields[name].label = label
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class SignInForm(_Labelled, LoginForm):
    """Name and password."""

    labels = {"login": _("Sign-in name"), "password": _("Password")}


class PasswordForm(_Labelled, ChangePasswordForm):
    """The old password and twice the new one."""

    labels = {
        "oldpassword": _("Password so far"),
        "password1": _("New password, at least 10 characters"),
        "password2": _("New password once more"),
    }

    def clean(self) -> dict[str, Any]:
        """The same password again is no change."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "oldpassword" in typed and typed.get("password1") == typed["oldpassword"]:
            self.add_error("password1", say(Message("organizations.same_password"), current_language()))
        return typed


class AgainForm(_Labelled, ReauthenticateForm):
    """The password once more, before something that matters."""

    labels = {"password": _("Password")}


class SecondFactorForm(_Labelled, AuthenticateForm):
    """The code at sign-in."""

    labels = {"code": _CODE}


class SecondFactorOnceMoreForm(_Labelled, SecondFactorAgainForm):
    """The code once more."""

    labels = {"code": _CODE}


class SetUpForm(_Labelled, ActivateTOTPForm):
    """The first code of a new authenticator app."""

    labels = {"code": _("Code that the app shows now")}
