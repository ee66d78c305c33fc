"""An organisation's conventions: vocabulary, policy and requirements, read from `schemas/`."""

from postmortems.conventions.controls import (
    ActionQuery,
    Citation,
    Clock,
    Control,
    Controls,
    Description,
    EvidenceNeed,
)
from postmortems.conventions.conventions import Conventions, load_conventions
from postmortems.conventions.locations import KnowledgeBase, find_knowledge_base, shipped_schemas
from postmortems.conventions.policy import OwnField, Policy, ReviewPolicy, Service, Team
from postmortems.conventions.requirements import Requirement
from postmortems.conventions.vocabulary import Category, Term, Vocabulary

__all__ = [
    "ActionQuery",
    "Category",
    "Citation",
    "Clock",
    "Control",
    "Controls",
    "Conventions",
    "Description",
    "EvidenceNeed",
    "KnowledgeBase",
    "OwnField",
    "Policy",
    "Requirement",
    "ReviewPolicy",
    "Service",
    "Team",
    "Term",
    "Vocabulary",
    "find_knowledge_base",
    "load_conventions",
    "shipped_schemas",
]
