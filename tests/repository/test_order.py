"""Rooms lean one way, also where the import contract cannot see it: relations, migrations, templates."""

import re

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.support import rooms

REFERENCE = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
LOAD = re.compile(r"\{%\s*load\s+([^%]*?)\s*%\}")


def our_rooms() -> dict[str, str]:
    """Room by the label Django knows it by."""
    return {
        config.label: config.name.removeprefix("cchc.")
        for config in apps.get_app_configs()
        if config.name.startswith("cchc.")
    }


def tag_libraries() -> dict[str, str]:
    """Room by the name of its template tags."""
    return {path.stem: rooms.room_of(path) for path in rooms.SOURCE.glob("*/templatetags/*.py")}


def test_every_room_has_its_place():
    assert set(rooms.rooms_here()) <= set(rooms.height())


def test_every_pure_room_is_under_the_contract_that_keeps_it_pure():
    assert {room for room in rooms.PURE if room in rooms.rooms_here()} == rooms.contracted_pure_rooms()


def test_relations_point_down():
    ours = our_rooms()
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for label, room in ours.items()
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if (other := ours.get(field.related_model._meta.app_label)) and not rooms.may_lean_on(room, other)
    ]
    assert not wrong


def test_migrations_depend_on_lower_rooms():
    ours = our_rooms()
    wrong = [
        f"{label}.{name} → {other_label}.{other_name}"
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        if label in ours
        for other_label, other_name in [*migration.dependencies, *migration.run_before]
        if other_label in ours and not rooms.may_lean_on(ours[label], ours[other_label])
    ]
    assert not wrong


def test_templates_use_templates_of_lower_rooms():
    known = rooms.templates()
    wrong = []
    for name, path in known.items():
        for other in REFERENCE.findall(path.read_text(encoding="utf-8")):
            if other not in known:
                wrong.append(f"{name} → {other}, which does not exist")
            elif not rooms.may_lean_on(rooms.room_of(path), rooms.room_of(known[other])):
                wrong.append(f"{name} → {other}")
    assert not wrong


def test_templates_use_tags_of_lower_rooms():
    libraries = tag_libraries()
    wrong = [
        f"{name} → {library}"
        for name, path in rooms.templates().items()
        for loaded in LOAD.findall(path.read_text(encoding="utf-8"))
        for library in loaded.split()
        if library in libraries and not rooms.may_lean_on(rooms.room_of(path), libraries[library])
    ]
    assert not wrong


@pytest.mark.parametrize(("room", "other", "allowed"), [
    ("scoring", "records", True),
    ("scoring", "scoring", True),
    ("records", "scoring", False),
    ("portal", "dashboards", False),
])  # fmt: skip
def test_the_order_itself(room, other, allowed):
    assert rooms.may_lean_on(room, other) is allowed
