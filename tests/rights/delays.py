"""What permissions over slow and overdue dossiers are asked about."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.oversight.models import KeptDossier, KeptSignal, KeptSpell
from tests.rights.cases import of_cases
from tests.rights.lists import of_lists
from tests.rights.stage import Stage, Subject


def oversight(stage: Stage) -> Mapping[str, Subject]:
    """Dossiers that the unit there had, by somebody else or by me."""

    def kept(state: str, where: str) -> tuple[object, ...]:
        held_by = stage.me if state == "mine" else stage.other
        dossier, spells = KeptDossier(pk=1), KeptSpell.objects.none()
        spells._result_cache = [KeptSpell(dossier=dossier, official=held_by, unit=stage.places[where])]
        dossier._prefetched_objects_cache = {"spells": spells}
        return (dossier,)

    def questioned(state: str, where: str) -> tuple[object, ...]:
        return (KeptSignal(official=stage.me if state == "mine" else stage.other, unit=stage.places[where]),)

    def recorded(state: str, where: str) -> tuple[object, ...]:
        return (stage.me if state == "mine" else stage.other, stage.places[where])

    return {
        **dict.fromkeys(("may_see_delays", "may_see_sources"), Subject(lambda state, where: ())),
        **dict.fromkeys(("may_see_delays_of", "may_keep_source"), Subject(lambda _, where: (stage.places[where],))),
        "may_see_kept": Subject(kept, ("mine", "else")),
        "may_answer_signal": Subject(questioned, ("mine", "else")),
        **dict.fromkeys(("may_see_own_record", "may_watch"), Subject(lambda state, where: ())),
        "may_see_record": Subject(recorded, ("mine", "else")),
        **of_lists(stage),
        **of_cases(stage),
    }
