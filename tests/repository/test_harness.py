"""The harness itself: what it promises to refuse, it refuses."""

import socket
import urllib.request
import warnings

import pytest
from django.db import connection
from django.template import Context, Template

from tests.support.network import NetworkRefused


def test_connections_leaving_the_machine_are_refused():
    with socket.socket() as outward, pytest.raises(NetworkRefused):
        outward.connect(("192.0.2.1", 80))


def test_names_are_not_looked_up():
    with pytest.raises(NetworkRefused):
        socket.getaddrinfo("example.org", 443)


def test_warnings_are_errors():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_an_undefined_template_variable_fails():
    with pytest.raises(pytest.fail.Exception, match="nobody"):
        Template("{{ nobody.knows }}").render(Context({}))


def test_commits_are_real_and_gone_with_the_copy(committed_database):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_behind (number integer)")
    connection.close()
    assert "left_behind" in connection.introspection.table_names()
    assert connection.settings_dict["NAME"] == committed_database


@pytest.mark.django_db
def test_copies_leave_the_test_database_alone():
    assert "left_behind" not in connection.introspection.table_names()


def test_the_live_site_answers(live_site):
    with urllib.request.urlopen(f"{live_site}/khoe") as answer:
        assert answer.status == 200
