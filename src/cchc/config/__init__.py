"""How the rooms become one Django project: settings, addresses, server. Imports all, imported by none."""
