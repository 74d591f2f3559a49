"""The tables of this room. Nothing is deleted; what lies beside a dossier is put right by another record."""

from __future__ import annotations

from cchc.dossiers.models.absences import Absence
from cchc.dossiers.models.advice import Advice
from cchc.dossiers.models.archive import ArchiveRecord, Correction
from cchc.dossiers.models.beside import ActualCompletion, Appointment, Component, PauseKind, PauseRecord
from cchc.dossiers.models.bulk import EarlierReception, IntakeBatch, IntakeRow
from cchc.dossiers.models.dossiers import Channel, CodeSeries, DeliveryWay, Dossier, Slip
from cchc.dossiers.models.paper_volumes import PaperReason, PaperVolume
from cchc.dossiers.models.progress import ProgressReport
from cchc.dossiers.models.reminding import Escalation, Reminder
from cchc.dossiers.models.steps import DossierEvent, StepInstance
from cchc.dossiers.models.targets import UnitTarget

__all__ = [
    "Absence",
    "ActualCompletion",
    "Advice",
    "Appointment",
    "ArchiveRecord",
    "Channel",
    "CodeSeries",
    "Component",
    "Correction",
    "DeliveryWay",
    "Dossier",
    "DossierEvent",
    "EarlierReception",
    "Escalation",
    "IntakeBatch",
    "IntakeRow",
    "PaperReason",
    "PaperVolume",
    "PauseKind",
    "PauseRecord",
    "ProgressReport",
    "Reminder",
    "Slip",
    "StepInstance",
    "UnitTarget",
]
