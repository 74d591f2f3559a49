"""Before the server starts: the audit chain is protected, static files lie ready, no connection is handed on."""

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cchc.config.serving import (
    collect_static_files,
    expect_migrated,
    expect_protected_chain,
    leave_databases,
    serve,
)
from cchc.config.working import work_until_stopped
from cchc.records.errors import DomainError
from cchc.records.words import say_problem
from tests.audit.tampering import drop_triggers


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


@pytest.mark.django_db
def test_no_start_without_the_protection_of_the_chain():
    expect_protected_chain()
    drop_triggers()
    with pytest.raises(DomainError) as refused:
        serve("127.0.0.1", 1)
    (problem,) = refused.value.problems
    assert problem.message.code == "config.chain_unprotected"
    for language, next_step in (("vi", "cchc audit verify"), ("en", "cchc migrate")):
        said = say_problem(problem, language)
        assert "audit_auditevent_no_update" in said
        assert next_step in said


@pytest.mark.django_db
@pytest.mark.parametrize("start", [lambda: serve("127.0.0.1", 1), work_until_stopped], ids=["server", "worker"])
def test_no_start_on_a_database_of_an_earlier_version(start, monkeypatch):
    for begins in ("cchc.config.serving.expect_protected_chain", "cchc.config.working.expect_protected_chain"):
        monkeypatch.setattr(begins, lambda: pytest.fail("it began"))
    expect_migrated()
    [(app, newest)] = MigrationLoader(connection).graph.leaf_nodes("notices")
    MigrationRecorder(connection).record_unapplied(app, newest)
    with pytest.raises(DomainError) as refused:
        start()
    (problem,) = refused.value.problems
    assert problem.message.code == "config.not_migrated" and problem.message.params["first"].startswith("notices.")
    for language in ("vi", "en"):
        assert "cchc migrate" in say_problem(problem, language)


@pytest.mark.django_db
def test_a_database_without_tables_has_no_chain_to_protect(monkeypatch):
    monkeypatch.setattr("cchc.audit.triggers.is_migrated", lambda: False)
    drop_triggers()
    expect_protected_chain()


def test_workers_inherit_no_connection(committed_database):
    connection.ensure_connection()
    leave_databases()
    assert connection.connection is None
