"""Files in a form: what was uploaded once is kept and comes back with the form, whatever else is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.files.actions import store_upload
from cchc.files.limits import limits_on
from cchc.files.models import BlobState, StoredFile
from cchc.files.queries import own_files, sender_of
from cchc.files.receiving import received
from cchc.files.signatures import KINDS
from cchc.interface.forms import ActionForm, told
from cchc.interface.paging import is_key
from cchc.organizations.viewers import Viewer
from cchc.records.errors import DomainError

_CONFIRMED: Final = "denies_state_secret"  # the field below
_KEPT: Final = "kept_"


class _Several(forms.FileInput):
    """Any number of files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A list."""
        return files.getlist(name) if hasattr(files, "getlist") else [files[name]] if name in files else []


class FilesField(forms.FileField):
    """Files that come with a form, none of them required; `clean` answers a list."""

    widget = _Several

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, max_length=None, **given)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each for itself."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]

    def accept(self, viewer: Viewer) -> None:
        """Tell the browser which kinds are taken on that day."""
        kinds = [KINDS[code] for code in limits_on(viewer.day).kinds]
        self.widget.attrs["accept"] = ",".join(f".{extension}" for kind in kinds for extension in kind.extensions)


class FiledForm(ActionForm):
    """A form with fields for files (`FilesField`). `take_in` keeps what came, as the viewer's own; a form that is shown
    again names what is kept already, in hidden fields of its own.
    """

    denies_state_secret = forms.BooleanField(
        label=gettext_lazy("I confirm that the files hold no state secret"), required=False
    )
    _kept: Mapping[str, list[StoredFile]] = {}

    def take_in(self, viewer: Viewer) -> None:
        """Keep every file that came and find again those kept before. What cannot be taken is said at its field."""
        names = [name for name, field in self.fields.items() if isinstance(field, FilesField)]
        for name in names:
            self.fields[name].accept(viewer)
        if not self.is_bound:
            return
        self.is_valid()
        self._kept = _kept_before(viewer, {name: self._numbers(name) for name in names})
        if not any(self.cleaned_data.get(name) for name in names):
            return
        if not self.cleaned_data.get(_CONFIRMED):
            self.add_error(_CONFIRMED, _("Files with state secrets must not be kept here. Confirm that it holds none."))
            return
        for name in names:
            for upload in self.cleaned_data.get(name) or ():
                self._keep(name, upload, viewer)

    def files_of(self, name: str) -> list[StoredFile]:
        """What is kept for a field."""
        return self._kept.get(name, [])

    def kept_as(self, name: str) -> str:
        """The name of the hidden fields that say what is kept for a field."""
        return f"{_KEPT}{self.add_prefix(name)}"

    @property
    def kept_files(self) -> list[StoredFile]:
        """What is kept for the one field of a form that has no other."""
        return self.files_of("files")

    @property
    def kept_name(self) -> str:
        """Its hidden fields."""
        return self.kept_as("files")

    def _keep(self, name: str, upload: Any, viewer: Viewer) -> None:
        try:
            with received(upload, upload.name, viewer.day) as arrived:
                file = store_upload(
                    actor=viewer.actor(), now=timezone.now(), upload=arrived, sender=sender_of(viewer),
                    denies_state_secret=True,
                )  # fmt: skip
        except DomainError as error:
            self.add_error(name, told(error))
            return
        if file not in self._kept[name]:
            self._kept[name].append(file)

    def _numbers(self, name: str) -> list[int]:
        given = self.data.getlist(self.kept_as(name)) if hasattr(self.data, "getlist") else []
        return [int(one) for one in given if is_key(one)]


def _kept_before(viewer: Viewer, asked: Mapping[str, list[int]]) -> dict[str, list[StoredFile]]:
    """Of what the form names only the viewer's own, and nothing that was found to be unsafe."""
    numbers = {number for some in asked.values() for number in some}
    own = own_files(viewer).filter(pk__in=numbers).exclude(blob__state=BlobState.UNSAFE.value)
    found = {one.pk: one for one in own} if numbers else {}
    return {name: [found[number] for number in some if number in found] for name, some in asked.items()}
