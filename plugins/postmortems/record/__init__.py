"""One post-mortem: from the bytes of its file to a typed value. Knows no other post-mortem."""

from postmortems.record.action import Action, Priority, Result, Slip, Verification
from postmortems.record.model import GROUPS, MILESTONES, NO_FACTORS, QUESTIONS, Postmortem
from postmortems.record.naming import is_record_id, record_id_of
from postmortems.record.outputs import KINDS, OUTPUTS, STRENGTHS
from postmortems.record.own_values import OwnValue, own_texts
from postmortems.record.partial import Partial
from postmortems.record.parts import (
    Acceptance,
    Amendment,
    Assessment,
    Attendance,
    Cost,
    Detection,
    Evidence,
    Factor,
    Figure,
    Impact,
    ImpactLevel,
    Lesson,
    Notice,
    Reference,
    Relation,
    Review,
    SeverityLevel,
    TimelineEntry,
    Trigger,
)
from postmortems.record.reading import RecordReading, read_postmortem, read_record_file

__all__ = [
    "GROUPS",
    "KINDS",
    "MILESTONES",
    "NO_FACTORS",
    "OUTPUTS",
    "QUESTIONS",
    "STRENGTHS",
    "Acceptance",
    "Action",
    "Amendment",
    "Assessment",
    "Attendance",
    "Cost",
    "Detection",
    "Evidence",
    "Factor",
    "Figure",
    "Impact",
    "ImpactLevel",
    "Lesson",
    "Notice",
    "OwnValue",
    "Partial",
    "Postmortem",
    "Priority",
    "RecordReading",
    "Reference",
    "Relation",
    "Result",
    "Review",
    "SeverityLevel",
    "Slip",
    "TimelineEntry",
    "Trigger",
    "Verification",
    "is_record_id",
    "own_texts",
    "read_postmortem",
    "read_record_file",
    "record_id_of",
]
