"""A round, who takes part in it, what units and appraisers say, and the result that two persons froze."""

from cchc.assessments.models.answers import Answer, Question
from cchc.assessments.models.approvals import Approval, ReviewRequest
from cchc.assessments.models.comparing import ComparedFigure, StagePoints
from cchc.assessments.models.council import Motion, Opinion, OpinionAsked, Presence, Session, Vote
from cchc.assessments.models.findings import Finding
from cchc.assessments.models.imports import AnswersImport
from cchc.assessments.models.measures import Binding
from cchc.assessments.models.reasons import KeptReason
from cchc.assessments.models.results import Freeze, Result
from cchc.assessments.models.rounds import Charge, FoundingPaper, Phase, Round, Sheet
from cchc.assessments.models.visits import Visit

__all__ = [
    "Answer",
    "AnswersImport",
    "Approval",
    "Binding",
    "Charge",
    "ComparedFigure",
    "Finding",
    "FoundingPaper",
    "Freeze",
    "KeptReason",
    "Motion",
    "Opinion",
    "OpinionAsked",
    "Phase",
    "Presence",
    "Question",
    "Result",
    "ReviewRequest",
    "Round",
    "Session",
    "Sheet",
    "StagePoints",
    "Visit",
    "Vote",
]
