"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class OversightConfig(AppConfig):
    """Slow and overdue dossiers."""

    name = "cchc.oversight"
    verbose_name = gettext_lazy("Slow and overdue dossiers")
    default_auto_field = "django.db.models.BigAutoField"
