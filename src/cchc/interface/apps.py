"""The room `interface` as Django sees it."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """No models: templates, tags and static files."""

    name = "cchc.interface"
    label = "interface"
