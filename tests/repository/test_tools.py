"""The tools behind ./check judge as they say."""

from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support import rooms
from tools import check, licences, translations


@pytest.mark.parametrize(("licence", "is_fine"), [
    ("MIT", True),
    ("Apache-2.0 OR BSD-3-Clause", True),
    ("LGPL-3.0-only", True),
    ("GNU Library or Lesser General Public License (LGPL)", True),
    ("Mozilla Public License 2.0 (MPL 2.0)", True),
    ("MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later", True),
    ("GPL-3.0-or-later", False),
    ("GNU General Public License v3 (GPLv3)", False),
    ("GNU Affero General Public License v3", False),
    ("AGPL-3.0-only", False),
    ("MIT AND GPL-2.0-only", False),
    ("", False),
    ("Proprietary", False),
])  # fmt: skip
def test_licences_are_told_apart(licence, is_fine):
    assert (licences.fault_of(licence) is None) is is_fine


def test_the_lock_is_read():
    assert {"django", "psycopg", "pytest", "pyspark"} <= set(licences.locked_names())


def test_the_two_locks_agree():
    locks = [_pins(name) for name in ("requirements.lock", "requirements-spark.lock")]
    both = locks[0].keys() & locks[1].keys()
    assert "numpy" in both and all(locks[0][name] == locks[1][name] for name in both)


def _pins(lock):
    lines = (rooms.ROOT / lock).read_text(encoding="utf-8").splitlines()
    locked = [Requirement(line.split(" \\")[0]) for line in lines if line[:1].isalnum()]
    return {canonicalize_name(one.name): str(one.specifier) for one in locked}


def test_the_lock_names_the_extras_that_its_packages_ask_for():
    """pip 23.2 does not find `coverage[toml]` in a line `coverage==…`: it takes the newest one and misses its hash."""
    lines = (rooms.ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = [Requirement(line.split(" \\")[0]) for line in lines if line[:1].isalnum()]
    extras = {canonicalize_name(one.name): one.extras for one in locked}
    asked = {
        (canonicalize_name(need.name), name): need.extras
        for name in extras
        for need in map(Requirement, _requires(name))
        if need.extras and (need.marker is None or need.marker.evaluate({"extra": ""}))
    }
    assert ("coverage", "pytest-cov") in asked
    assert all(wanted <= extras[name] for (name, _), wanted in asked.items())


def _requires(name):
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # of another system or version
        return []


def test_texts_of_python_and_templates_are_found(tmp_path):
    (tmp_path / "a.py").write_text(
        "_('Unit')\nngettext('%(n)d row', '%(n)d rows', n)\npgettext('month', 'May')\n"
        "f\"{n} {_('open') if n else ''}\"\n"
    )
    (tmp_path / "a.html").write_text(
        "{% load i18n %}\n  <p title='it's'>{% translate 'Save' %}\n"
        "    {{ _('Yes') }} {% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
        "{% blocktranslate trimmed %}\n  two\n  lines\n{% endblocktranslate %}"
    )
    assert list(translations._texts(tmp_path / "a.py")) == [
        ("Unit", None),
        (("%(n)d row", "%(n)d rows"), None),
        ("May", "month"),
        ("open", None),
    ]
    assert list(translations._texts(tmp_path / "a.html")) == [
        ("Save", None),
        ("Yes", None),
        (("%(n)s row", "%(n)s rows"), None),
        ("two lines", None),
    ]


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A tiny product of one Python file, with an empty place for its catalogue."""
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "SOURCE", tmp_path)
    monkeypatch.setattr(translations, "PO", tmp_path / "locale" / "django.po")
    monkeypatch.setattr(translations, "MO", tmp_path / "locale" / "django.mo")
    monkeypatch.setattr(translations, "FOREIGN", tmp_path / "foreign.yaml")
    (tmp_path / "a.py").write_text("_('Save %(n)d')\n")
    (tmp_path / "foreign.yaml").write_text("[]\n")
    return translations.PO


def test_a_missing_catalogue_is_stale(catalogue):
    assert len(translations.problems()) == 2


def test_a_text_without_translation_is_found(catalogue):
    translations.update()
    assert translations.problems() == ["not translated: 'Save %(n)d'"]


def test_a_translated_catalogue_is_complete_until_the_source_changes(catalogue):
    translations.update()
    catalogue.write_text(catalogue.read_text().replace('msgstr ""\n', 'msgstr "Lưu %(n)d"\n').replace(
        'msgstr "Lưu %(n)d"\n"Project', 'msgstr ""\n"Project'))  # fmt: skip
    assert translations.problems() == ["locale/django.mo is not made from the .po"]
    translations.update()
    assert translations.problems() == []
    (catalogue.parents[1] / "a.py").write_text("_('Store')\n")
    assert translations.problems() == ["locale/django.po differs from the texts in the source"]


def test_a_text_of_a_library_is_wanted_as_long_as_the_library_says_it(catalogue):
    listed = "- {module: django.core.validators, texts: [Enter a valid URL., Enter a colour.]}\n"
    translations.FOREIGN.write_text(listed)
    translations.update()
    assert translations.problems() == [
        "django.core.validators does not say: 'Enter a colour.'",
        "not translated: 'Enter a colour.'",
        "not translated: 'Enter a valid URL.'",
        "not translated: 'Save %(n)d'",
    ]


def test_a_lost_placeholder_is_found(catalogue):
    translations.update()
    catalogue.write_text(catalogue.read_text().replace('%(n)d"\nmsgstr ""', '%(n)d"\nmsgstr "Lưu %(m)d"'))
    assert any("placeholder" in problem for problem in translations.problems())


def test_an_unknown_check_is_refused(capsys):
    assert check.main(["lnt"]) == 2
    assert "lint" in capsys.readouterr().err
