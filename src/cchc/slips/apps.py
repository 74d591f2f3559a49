"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class SlipsConfig(AppConfig):
    """Printed forms and the yearly register."""

    name = "cchc.slips"
    verbose_name = gettext_lazy("Printed forms")
    default_auto_field = "django.db.models.BigAutoField"
