"""The roles that officials hold over units (`roles.yaml`). Their ids are stable: they stand in the database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from cchc.records.errors import refuse
from cchc.records.schema import Fields, as_flag, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is there for. `is_reader` roles see and never write; those `at_objects` are assigned at one object,
    for some days, and never held over a unit.
    """

    id: str
    name: LocalText
    duty: LocalText
    needs_second_factor: bool
    is_reader: bool
    at_objects: bool


@cache
def roles() -> MappingProxyType[str, Role]:
    """Every role by its id, in the order of the file."""
    content = (resources.files("cchc.organizations") / "roles.yaml").read_bytes()
    with reading(read_yaml(content, "cchc/organizations/roles.yaml")) as fields:
        listed = []
        for node in as_items(fields.need("roles")):
            with reading(node) as of_role:
                listed.append(_role(of_role))
    return MappingProxyType({role.id: role for role in listed})


def roles_over_units() -> tuple[Role, ...]:
    """Those that can be held over a unit."""
    return tuple(role for role in roles().values() if not role.at_objects)


def role_of(id_: str) -> Role:
    """Raises `organizations.unknown_role`."""
    known = roles()
    if id_ not in known:
        raise refuse("organizations.unknown_role", role=id_, known=", ".join(known))
    return known[id_]


def _role(fields: Fields) -> Role:
    return Role(
        as_text(fields.need("id")),
        as_local_text(fields.need("name")),
        as_local_text(fields.need("duty")),
        fields.maybe("needs_second_factor", as_flag) or False,
        fields.maybe("is_reader", as_flag) or False,
        fields.maybe("at_objects", as_flag) or False,
    )
