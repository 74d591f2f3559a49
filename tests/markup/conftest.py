"""The site of the rights' tests: the same people and things, here with hostile words."""

from tests.rights.conftest import built_site, own_data, site

__all__ = ["built_site", "own_data", "site"]
