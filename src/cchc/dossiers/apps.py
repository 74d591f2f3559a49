"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class DossiersConfig(AppConfig):
    """Dossiers and their steps."""

    name = "cchc.dossiers"
    verbose_name = gettext_lazy("Dossiers")
    default_auto_field = "django.db.models.BigAutoField"
