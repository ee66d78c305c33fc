# The public names, for type checkers.
from postmortems.api import (
    KnowledgeBaseError as KnowledgeBaseError,
)
from postmortems.api import (
    check as check,
)
from postmortems.api import (
    compute_figures as compute_figures,
)
from postmortems.api import (
    list_rules as list_rules,
)
from postmortems.api import (
    open_knowledge_base as open_knowledge_base,
)
from postmortems.api import (
    read_corpus as read_corpus,
)
from postmortems.checking import CheckResult as CheckResult
from postmortems.checking import NothingToCheckError as NothingToCheckError
from postmortems.conventions import KnowledgeBase as KnowledgeBase
from postmortems.corpus import Corpus as Corpus
from postmortems.corpus_view import CorpusView as CorpusView
from postmortems.corpus_view import UnknownRecordError as UnknownRecordError
from postmortems.exports.formats import Format as Format
from postmortems.exports.tables import Tables as Tables
from postmortems.findings import Applies as Applies
from postmortems.findings import Finding as Finding
from postmortems.findings import Rule as Rule
from postmortems.findings import Severity as Severity
from postmortems.importers import (
    ImportedRecord as ImportedRecord,
)
from postmortems.importers import (
    Importer as Importer,
)
from postmortems.importers import (
    list_importers as list_importers,
)
from postmortems.plugins import BrokenPluginError as BrokenPluginError
from postmortems.record import Postmortem as Postmortem
from postmortems.rules.engine.registry import rule as rule
from postmortems.rules.engine.rule import Problem as Problem
from postmortems.rules.engine.rule import RuleContext as RuleContext
from postmortems.site.plugin_pages import PluginPage as PluginPage

__version__: str
__all__ = [
    "Applies",
    "BrokenPluginError",
    "CheckResult",
    "Corpus",
    "CorpusView",
    "Finding",
    "Format",
    "ImportedRecord",
    "Importer",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "NothingToCheckError",
    "PluginPage",
    "Postmortem",
    "Problem",
    "Rule",
    "RuleContext",
    "Severity",
    "Tables",
    "UnknownRecordError",
    "check",
    "compute_figures",
    "list_importers",
    "list_rules",
    "open_knowledge_base",
    "read_corpus",
    "rule",
]
