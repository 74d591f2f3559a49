"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place
from cchc.interface.navigation import DESK

files = Place("files.files", "files:files", gettext_lazy("Files"), under=DESK)
