"""How the rooms are put together into one Django project: settings, addresses, server. Imports all, imported by none."""
