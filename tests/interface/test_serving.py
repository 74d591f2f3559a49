"""Static files are collected under names by content, once; then again only when one changed."""

import pytest
from django.contrib.staticfiles import finders

from cchc.config.serving import collect_static_files


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    finders.get_finder.cache_clear()
    return tmp_path / "static"


def test_collected_once(collected):
    assert collect_static_files() is True
    assert collect_static_files() is False
    assert list(collected.glob("interface/css/tokens.*.css.gz"))
    (collected / ".collected").write_text("older")
    assert collect_static_files() is True


def test_styles_name_fonts_by_content(collected):
    collect_static_files()
    (sheet,) = collected.glob("interface/css/fonts.*.css")
    text = sheet.read_text()
    assert 'url("../fonts/be-vietnam-pro-latin-400.' in text
    assert '-400.woff2"' not in text
