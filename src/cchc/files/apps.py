"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class FilesConfig(AppConfig):
    """Evidence and attachments."""

    name = "cchc.files"
    verbose_name = gettext_lazy("Files and evidence")
    default_auto_field = "django.db.models.BigAutoField"
