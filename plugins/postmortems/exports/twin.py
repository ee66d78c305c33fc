"""The Markdown twin of an incident's page: its facts as plain lists and its prose, for machines, for pasting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.analysis import METRICS, phases
from postmortems.exports.narrative import narrative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.analysis import Duration
    from postmortems.exports.edition import Edition
    from postmortems.record import Action, Postmortem
    from postmortems.source import Moment

_MARKUP = re.compile(r"([\\`*\[\]])")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def twin(edition: Edition, record: Postmortem) -> bytes:
    """The twin of a record's page. What the record does not say is left out; its own texts can't act as markup."""
    parts = [
        f"# {_plain(record.title)}",
        *([_plain(record.summary)] if record.summary else []),
        _listed(_facts(edition, record)),
        narrative(edition, record).rstrip(),
        *(f"## {title}\n\n{listed}" for title, lines in _sections(edition, record) if (listed := _listed(lines))),
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _facts(edition: Edition, record: Postmortem) -> Iterator[str]:
    conventions = edition.conventions
    severity = record.severity.id
    detection = record.detection
    told = {
        "Incident": record.id,
        "Organisation": record.organisation,
        "Date": record.date_text,
        "Page": edition.page(record),
        "Severity": conventions.policy.severities.get(severity, severity),
        "Class": record.incident_class,
        "State": record.state,
        "Status": record.status,
        "Provenance": record.provenance,
        "TLP": record.tlp,
        "Published": str(record.published or ""),
        "Services": ", ".join(record.services),
        "Trigger": conventions.vocabulary.trigger_label(record.trigger.kind),
        "What set it off": record.trigger.note,
        "Noticed by": detection.source + (", before any harm" if detection.before_impact else ""),
        "How it was noticed": detection.how,
        "Duration as stated": record.duration_stated,
        "Not stated by the sources": ", ".join(sorted(record.not_stated)),
        "Licence": edition.licence,
    }
    return (f"{name}: {_plain(value)}" for name, value in told.items() if value)


def _sections(edition: Edition, record: Postmortem) -> Iterator[tuple[str, Iterable[str]]]:
    vocabulary = edition.conventions.vocabulary
    yield "Milestones", (f"{name}: {_moment(moment)}" for name, moment in record.times.items())
    spans = phases(record).durations
    yield "Durations", (f"{metric.label}: {_span(spans[metric.id])}" for metric in METRICS if metric.id in spans)
    yield (
        "Levels of impact",
        (f"{kind}: {_joined(level.level, level.text)}" for kind, level in record.impact.levels.items()),
    )
    yield "Timeline", (f"{_moment(entry.at)}: {_plain(entry.what)}" for entry in record.timeline)
    yield (
        "Factors",
        (
            f"{vocabulary.factor_label(factor.factor)} (`{factor.factor}`, {factor.role})"
            + (f": {_plain(factor.statement)}" if factor.statement else "")
            for factor in record.factors
        ),
    )
    yield (
        "Evaluation",
        (
            f"{name}: {_joined(told.verdict, told.note)}"
            for name, told in {**record.evaluation, **record.questions}.items()
        ),
    )
    yield "What should change", (f"{area}: {_plain(text)}" for area, text in record.changes.items())
    yield "Lessons", (f"{lesson.kind}: {_plain(lesson.text)}" for lesson in record.lessons)
    yield "Actions", (_action(edition, action) for action in record.actions)
    yield "Why no actions", [_plain(record.no_actions_reason)] if record.no_actions_reason else []
    yield "Sources", (f"{_plain(source.title or source.kind)}: {source.url}" for source in record.sources)
    yield "Where the sources differ", map(_plain, record.conflicts)
    yield "Amended", (f"{change.date}: {_joined(change.what, change.why)}" for change in record.amended)


def _action(edition: Edition, action: Action) -> str:
    told = {
        "owner": edition.conventions.policy.team_label(action.owner),
        "due": action.due_text,
        "closed": str(action.closed or ""),
        "done when": action.done_when,
        "reason": action.reason,
        "result": ": ".join(filter(None, (action.result.verdict, action.result.note))) if action.result else "",
    }
    more = "; ".join(f"{name}: {_plain(value).rstrip('.')}" for name, value in told.items() if value)
    return f"{_plain(action.title)} ({action.status})" + (f"; {more}" if more else "")


def _moment(moment: Moment) -> str:
    told = [
        "estimated" if moment.estimated else "",
        f"within {moment.within.text}" if moment.within else "",
        _plain(moment.note),
    ]
    more = ", ".join(word for word in told if word)
    return moment.text + (f" ({more})" if more else "")


def _span(span: Duration) -> str:
    if span.is_exact:
        return str(span.length)
    return f"{span.low} to {span.high}" + (", estimated" if span.estimated else "")


def _joined(word: str, more: str) -> str:
    return f"{word}; {_plain(more)}" if more else word


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _plain(text: str) -> str:
    """A text on one line that reads as it was written."""
    line = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _ENTITY.sub("&amp;", line).replace("<", "&lt;")
