"""Real logs of another administration are brought in by the command line's way: what is kept is what the ledger says.
Skipped, and said so, where they are not there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.models import Sum

from cchc.ledger.suggesting import suggest_mapping
from cchc.oversight.logs.bringing_in import bring_in
from cchc.oversight.models import KeptDossier, KeptSpell
from tests.factories.dossiers import Desk
from tests.factories.organizations import TESTER
from tests.factories.oversight import check_conserved
from tests.support.real_logs import FOLDER, NAMES, needs_real_logs


@needs_real_logs
@pytest.mark.requirement(71)
@pytest.mark.parametrize("name", NAMES)
def test_a_real_log_is_kept_and_kept_only_once(desk: Desk, tmp_path: Path, name: str):
    mapping = tmp_path / "mapping.yaml"
    suggested = suggest_mapping(FOLDER / name).to_yaml("en")
    mapping.write_text(suggested.replace("# due: {working_days: 20}", "due: {working_days: 20}"), encoding="utf-8")
    given = {"log": FOLDER / name, "mapping": mapping, "source": "WABO", "unit": desk.commune.code}
    made = bring_in(actor=TESTER, drops_gone=False, tell=lambda done, of: None, **given)
    assert made.load is not None and made.load.new == made.load.dossiers == KeptDossier.objects.count() > 1_000
    late = KeptDossier.objects.aggregate(all=Sum("late_minutes"))["all"]
    assert late == made.tried["counts"]["late_minutes"] == made.load.late_after
    assert KeptSpell.objects.filter(is_event=True).count() <= made.tried["counts"]["steps"]
    check_conserved()
    again = bring_in(actor=TESTER, drops_gone=False, tell=lambda done, of: None, **given)
    assert again.load is not None and (again.load.same, again.load.changed) == (made.load.dossiers, 0)
