"""Answers to the text of a draft, with a hint for each that is open."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined

from postmortems.cli.drafts.scalars import field, moment, scalar

if TYPE_CHECKING:
    from jinja2 import Template

    from postmortems.cli.drafts.answers import Answers
    from postmortems.conventions import Conventions

_ANY_DAY = date(2026, 3, 31)


def render_draft(answers: Answers, conventions: Conventions) -> str:
    """Write the draft: the fields in the order of the schema, then the narrative's sections.

    A hint is a comment, `# hint:` among the fields and `<!-- hint: ... -->` in the narrative.
    """
    policy = conventions.policy
    return _template().render(
        answers=answers,
        full=policy.needs_full_review(answers.severity),
        first_hand=answers.provenance == "first-hand",
        retold=answers.provenance == "public-report",
        imported=answers.provenance == "imported",
        triggers=[key for key, term in conventions.vocabulary.triggers.items() if not term.replaced_by],
        severities=list(policy.severities),
        detections=conventions.schema.shape.at(("detection",)).known_values,
        service=next(iter(policy.services), "checkout"),
        team=next(iter(policy.teams), "platform"),
        days=_example_days(answers.started, answers.date),
    )


@cache
def _template() -> Template:
    """The template of a draft, compiled once: it is filled in anew after every answer."""
    # Markdown, not HTML: values become YAML by `scalar` and `field`, and nothing else is put in.
    environment = Environment(
        autoescape=False,  # noqa: S701 - as above
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters["scalar"] = scalar
    environment.filters["moment"] = moment
    environment.globals["field"] = field
    text = files("postmortems").joinpath("starter", "draft.md.j2").read_text(encoding="utf-8")
    return environment.from_string(text)


def _example_days(*known: str) -> dict[str, str]:
    """Days for the examples in hints: of the incident, its review, what follows from that, and an action."""
    first = next((day for day in map(_day, known) if day), _ANY_DAY)
    return {
        "incident": first.isoformat(),
        "review": (first + timedelta(days=5)).isoformat(),
        "briefing": (first + timedelta(days=7)).isoformat(),
        "follow_up": (first + timedelta(days=60)).isoformat(),
        "due": (first + timedelta(days=30)).isoformat(),
    }


def _day(text: str) -> date | None:
    """The day that a moment begins with; None where it is not known to the day, or not yet checked."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year < date.max.year else None
