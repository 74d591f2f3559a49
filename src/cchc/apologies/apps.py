"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ApologiesConfig(AppConfig):
    """Apologies to owners of dossiers."""

    name = "cchc.apologies"
    verbose_name = gettext_lazy("Apologies")
    default_auto_field = "django.db.models.BigAutoField"
