"""What a file would do to the register."""

from __future__ import annotations

from cchc.organizations.importing.beside_planning import BesidePlanning
from cchc.organizations.importing.head_planning import second_heads
from cchc.organizations.importing.official_planning import OfficialPlanning
from cchc.organizations.importing.plans import Plan
from cchc.organizations.importing.register import Register, Scope
from cchc.organizations.importing.rights_planning import RightsPlanning
from cchc.organizations.importing.rows import Rows
from cchc.organizations.importing.unit_planning import UnitPlanning


def plan_import(rows: Rows, register: Register, scope: Scope) -> Plan:
    """Every change, every problem and every remark, in the order of the file; nothing is written."""
    units = UnitPlanning(rows.units, register, scope, rows.broken)
    units.settle_all()
    officials = OfficialPlanning(rows.officials, register, units, RightsPlanning(register, units, scope))
    officials.settle_all()
    besides = BesidePlanning(rows.besides, register, units, officials.changes)
    besides.settle_all()
    heads = second_heads((*officials.changes, *besides.changes), register)
    return Plan(
        changes=(*units.changes, *officials.changes, *besides.changes),
        problems=(*rows.problems, *units.problems, *officials.problems, *besides.problems, *heads),
        remarks=(*rows.remarks, *units.remarks, *officials.remarks),
        unchanged_units=units.unchanged,
        unchanged_officials=officials.unchanged + besides.unchanged,
    )
