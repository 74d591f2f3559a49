"""The room `interface` as Django sees it."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """Templates, tags, static files; jobs and their schedule."""

    name = "cchc.interface"
    label = "interface"
