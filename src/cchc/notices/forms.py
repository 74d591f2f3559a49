"""How somebody wishes to be told."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm
from cchc.notices.kinds import Mail, NoticeKind, notice_kinds
from cchc.notices.models import Wishes
from cchc.notices.wishes import Wish, language_of, version_of, wish_for

_WHEN: Final = [
    (Mail.AT_ONCE.value, _("By mail at once")),
    (Mail.DAILY.value, _("By one mail a day")),
    (Mail.OFF.value, _("No mail")),
]
_LANGUAGES: Final = [("vi", "Tiếng Việt"), ("en", "English")]


class WishesForm(ActionForm):
    """For each kind what it leaves open: when it is mailed, and for what is no duty whether it stands in the list.
    `version` is what the reader saw.
    """

    language = forms.ChoiceField(label=_("Language of mails"), choices=_LANGUAGES)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, wishes: Wishes | None, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._wishes = wishes
        self.fields["language"].initial = language_of(wishes)
        self.fields["version"].initial = version_of(wishes)
        for kind in notice_kinds().values():
            self._add(kind, wish_for(kind, wishes))

    def by_kind(self) -> dict[str, Wish]:
        """What was chosen; what a kind does not leave open is as the kind says."""
        return {code: self._chosen(kind) for code, kind in notice_kinds().items()}

    def _chosen(self, kind: NoticeKind) -> Wish:
        given = self.cleaned_data
        in_app = kind.is_duty or given[_list_field(kind)]
        mail = kind.mail if kind.mail_is_fixed else Mail(given[_mail_field(kind)])
        return Wish(in_app, mail)

    def _add(self, kind: NoticeKind, wish: Wish) -> None:
        name = kind.name.in_language(current_language())
        if not kind.mail_is_fixed:
            self.fields[_mail_field(kind)] = forms.ChoiceField(label=name, choices=_WHEN, initial=wish.mail.value)
        if not kind.is_duty:
            label = _("“%(kind)s” in the list of notices") % {"kind": name}
            self.fields[_list_field(kind)] = forms.BooleanField(label=label, initial=wish.in_app, required=False)


def _mail_field(kind: NoticeKind) -> str:
    return f"mail:{kind.code}"


def _list_field(kind: NoticeKind) -> str:
    return f"list:{kind.code}"
