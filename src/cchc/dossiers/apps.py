"""The Django application of the room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class DossiersConfig(AppConfig):
    """Dossiers and their steps."""

    name = "cchc.dossiers"
    verbose_name = gettext_lazy("Dossiers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what must happen after a migration."""
        from cchc.dossiers.vacuuming import vacuum_often  # models are loaded only now

        post_migrate.connect(vacuum_often, sender=self, dispatch_uid="cchc.dossiers.vacuum_often")
