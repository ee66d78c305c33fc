"""Incident post-mortems in Git: validated, aggregated and published as a site of lessons.

What can be imported from here is public and documented; everything else may change in any version.
"""

from importlib import import_module

__version__ = "0.1.0"

# Where each public name lies; `__init__.pyi` says the same to type checkers. It is imported when it is asked for,
# since a command needs few of them.
_PLACES = {
    "Applies": "findings",
    "BrokenPluginError": "plugins",
    "CheckResult": "checking",
    "Corpus": "corpus",
    "CorpusView": "corpus_view",
    "Finding": "findings",
    "Format": "exports.formats",
    "ImportedRecord": "importers",
    "Importer": "importers",
    "KnowledgeBase": "conventions",
    "KnowledgeBaseError": "api",
    "NothingToCheckError": "checking",
    "PluginPage": "site.plugin_pages",
    "Postmortem": "record",
    "Problem": "rules.engine.rule",
    "Rule": "findings",
    "RuleContext": "rules.engine.rule",
    "Severity": "findings",
    "Tables": "exports.tables",
    "UnknownRecordError": "corpus_view",
    "check": "api",
    "compute_figures": "api",
    "list_importers": "importers",
    "open_knowledge_base": "api",
    "read_corpus": "api",
    "rule": "rules.engine.registry",
    "list_rules": "api",
}

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


def __getattr__(name: str) -> object:
    """Import a public name."""
    if name not in _PLACES:
        raise AttributeError(f"module `postmortems` has no attribute `{name}`")
    return getattr(import_module(f"postmortems.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted([*__all__, "__version__"])
