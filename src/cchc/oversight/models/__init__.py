"""The tables of this room: where dossiers are read from, the ledger kept of them, names in logs, lists of a month,
cases of responsibility.
"""

from __future__ import annotations

from cchc.oversight.models.cases import CaseEntry, CaseGround, ResponsibilityCase
from cchc.oversight.models.kept import KeptDossier, KeptShare, KeptSpell, KeptSum
from cchc.oversight.models.lists import (
    LEFT_OUT,
    ListedItem,
    ListedOfficial,
    ListEntry,
    ListNotice,
    ListVersion,
    MonthlyList,
    Outcome,
)
from cchc.oversight.models.logs import LogImport, Meant, NameKind, SourceName
from cchc.oversight.models.signals import KeptSignal, SignalAnswer
from cchc.oversight.models.sources import DelayLoad, DelaySource, SourceKind
from cchc.oversight.models.verdicts import DelayVerdict, Finding, Recheck, RecheckDraw
from cchc.oversight.models.watching import ForecastTold, StepDuration, StepForecast

__all__ = [
    "LEFT_OUT",
    "CaseEntry",
    "CaseGround",
    "DelayLoad",
    "DelaySource",
    "DelayVerdict",
    "Finding",
    "ForecastTold",
    "KeptDossier",
    "KeptShare",
    "KeptSignal",
    "KeptSpell",
    "KeptSum",
    "ListEntry",
    "ListNotice",
    "ListVersion",
    "ListedItem",
    "ListedOfficial",
    "LogImport",
    "Meant",
    "MonthlyList",
    "NameKind",
    "Outcome",
    "Recheck",
    "RecheckDraw",
    "ResponsibilityCase",
    "SignalAnswer",
    "SourceKind",
    "SourceName",
    "StepDuration",
    "StepForecast",
]
