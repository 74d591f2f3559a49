"""Every field of every table has a class; personal ones have a purpose, and mark the events that hold them."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import pytest
from django.apps import apps

from cchc.audit import fields
from cchc.audit.fields import EVERY_FIELD, PERSONAL_CLASSES, Field, FieldClass, Fields, internal, known_fields, personal
from cchc.organizations.classification import CONTACT
from cchc.records.text import LocalText


def unclassified(known: dict[str, Fields]) -> list[str]:
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if not {field.name, EVERY_FIELD} & known.get(model._meta.label, {}).keys()
    ]


def stale(known: dict[str, Fields]) -> list[str]:
    there = {model._meta.label: {field.name for field in model._meta.concrete_fields} for model in apps.get_models()}
    return [
        f"{table}.{name}"
        for table, listed in known.items()
        for name in listed
        if table not in there or name not in there[table] | {EVERY_FIELD}
    ]


@pytest.mark.requirement(125)
def test_every_field_is_classified_and_every_entry_is_a_field():
    assert unclassified(dict(known_fields())) == []
    assert stale(dict(known_fields())) == []


def test_a_field_without_a_class_and_an_entry_without_a_field_are_found():
    known = dict(known_fields())
    known["organizations.Unit"] = {"id": fields.ROW_NUMBER, "colour": internal("Màu", "Colour")}
    assert unclassified(known) == [
        "organizations.Unit.code",
        "organizations.Unit.version",
        "organizations.Unit.is_sample",
    ]
    assert stale(known) == ["organizations.Unit.colour"]
    del known["organizations.Unit"]
    assert "organizations.Unit.id" in unclassified(known)


def test_tables_of_ours_are_listed_field_by_field():
    """`*` is for libraries: a new field of ours must not slip in under it."""
    ours = {model._meta.label for model in apps.get_models() if model.__module__.startswith("cchc.")}
    assert [table for table in ours if EVERY_FIELD in known_fields()[table]] == []


def test_contacts_names_and_sign_in_names_are_personal_and_passwords_secret():
    classes = {name: known_fields()["organizations.Official"][name].kind for name in ("name", "email", "phone")}
    assert set(classes.values()) <= PERSONAL_CLASSES
    assert fields.field_of("organizations.Account", "password").kind is FieldClass.SECRET  # type: ignore[union-attr]
    assert fields.field_of("sessions.Session", "session_data").kind is FieldClass.SECRET  # type: ignore[union-attr]


@pytest.mark.parametrize("purpose", [None, CONTACT])
def test_personal_data_has_a_purpose_and_nothing_else_has(purpose):
    kind = FieldClass.PERSONAL if purpose is None else FieldClass.INTERNAL
    with pytest.raises(ValueError, match="purpose"):
        Field(kind, LocalText("Tên", "Name"), purpose)
    with pytest.raises(ValueError, match="both languages"):
        Field(FieldClass.PUBLIC, LocalText("Tên", ""))


@pytest.mark.parametrize(
    ("key", "name"), [("unit", "Đơn vị"), ("unit_id", "Đơn vị"), ("post", "Chức vụ, chức danh"), ("nothing", None)]
)
def test_a_key_of_an_event_leads_to_its_field(key, name):
    found = fields.field_of("organizations.Posting", key)
    assert (None if found is None else found.name.vi) == name


@pytest.mark.parametrize("tables", [["organizations.Unit"], ["sessions.Session", "sessions.Session"]])
def test_a_room_lists_its_own_tables_once(tables):
    listed = [{table: {EVERY_FIELD: personal("Tên", "Name", CONTACT)}} for table in tables]
    modules = dict(zip(("portal", "interface"), listed, strict=False))
    rooms = [
        SimpleNamespace(label=label, name=f"cchc.{label}", module=ModuleType(label))
        for label in ("portal", "interface", "organizations")
    ]
    with (
        patch.object(fields.apps, "get_app_configs", lambda: rooms),
        patch.object(fields, "module_has_submodule", lambda module, _: module.__name__ in modules),
        patch.object(fields, "import_module", lambda name: SimpleNamespace(FIELDS=modules[name.split(".")[1]])),
        pytest.raises(ValueError, match="stands twice"),
    ):
        fields.known_fields.__wrapped__()
