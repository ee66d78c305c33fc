"""The questions of `postmortems new`: their words, what may be answered, and what is taken by default."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from postmortems.cli.drafts.answers import Answers, slug_of
from postmortems.source import did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.conventions import Conventions

NAMES = tuple(field.name for field in fields(Answers))

_SHORT_LIST = 10
# The question, and what a question mark adds to it.
_WORDS = {
    "title": ("Title", "What happened, in one line: system, fault and effect."),
    "date": ("Date of the incident", "The date by which people know it: YYYY-MM-DD, YYYY-MM or YYYY."),
    "slug": (
        "Short name",
        "The end of the file name: a few lower-case words joined by hyphens. It never changes.",
    ),
    "provenance": (
        "Provenance",
        "first-hand: your own; public-report: another organisation's, retold; imported: from an older log.",
    ),
    "organisation": ("Organisation", "The organisation whose incident is retold."),
    "severity": ("Severity", "How bad it was, worst first. It decides how thorough the review is."),
    "services": (
        "Services",
        "Ids of the affected services, separated by commas. Yours are in schemas/policy.yaml.",
    ),
    "trigger": ("Trigger", "The change, action or fault that triggered it."),
    "started": ("Started", "First harm to users, data or operations, such as 2026-03-31T14:32Z or 2026-03-31."),
    "detected": ("Detected", "First alert or report, such as 2026-03-31T14:40Z or 2026-03-31."),
    "detection": ("First noticed by", "Who or what noticed it first."),
    "summary": ("Summary", "What happened, who was affected and how it ended, in two to four sentences."),
    "tlp": ("TLP", "Who may see it: CLEAR is public; GREEN and AMBER stay inside the organisation."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `choices` are the known answers, id to label; where they are `closed`, there are no others."""

    name: str
    text: str
    meaning: str
    default: str
    required: bool
    choices: Mapping[str, str]
    closed: bool

    @property
    def flag(self) -> str:
        """The flag that answers it."""
        return f"--{self.name}"

    @property
    def prompt(self) -> str:
        """What stands before the answer."""
        return self.text if self.required else f"{self.text} (Enter to skip)"

    @property
    def introduction(self) -> str:
        """What is shown beforehand: the choices, with their labels where they are few."""
        if not self.choices:
            return ""
        if len(self.choices) <= _SHORT_LIST and any(self.choices.values()):
            return self.table
        return f"  {', '.join(self.choices)}"

    @property
    def explanation(self) -> str:
        """What a question mark shows: the meaning, and all choices with their labels."""
        return f"  {self.meaning}" + (f"\n{self.table}" if any(self.choices.values()) else "")

    @property
    def table(self) -> str:
        """The choices, one a line."""
        width = max(map(len, self.choices), default=0)
        return "\n".join(f"  {key:{width}}  {label}".rstrip() for key, label in self.choices.items())

    def meant(self, answer: str) -> str:
        """The choice that an answer stands for, whatever its capitals; else the answer as it is."""
        same = (choice for choice in self.choices if self.closed and choice.casefold() == answer.casefold())
        return next(same, answer)

    def problem(self, answer: str) -> str:
        """Why an answer is none of the choices; empty where it is, or may be another."""
        if not self.closed or answer in self.choices:
            return ""
        return f"`{answer}` is unknown; {did_you_mean(answer, self.choices) or one_of(self.choices, 20)}"


def question(name: str, answers: Answers, conventions: Conventions, today: date) -> Question:
    """The question of a name, given the answers to those before it."""
    text, meaning = _WORDS[name]
    default = _default(name, answers, today)
    choices = _choices(name, answers, conventions)
    closed = bool(choices) and name != "services"
    return Question(name, text, meaning, default, _is_required(name, answers), choices, closed)


def is_asked(name: str, answers: Answers) -> bool:
    """Whether a question makes sense after the answers before it."""
    return name != "organisation" or answers.provenance == "public-report"


def _is_required(name: str, answers: Answers) -> bool:
    if name == "severity":
        return answers.provenance != "imported"
    return name in {"title", "date", "slug", "provenance", "organisation", "tlp"}


def _default(name: str, answers: Answers, today: date) -> str:
    match name:
        case "date":
            return today.isoformat()
        case "slug":
            return slug_of(answers.title) if answers.title else ""
        case "provenance":
            return "first-hand"
        case "tlp":
            return "CLEAR" if answers.provenance == "public-report" else "AMBER"
        case _:
            return ""


def _choices(name: str, answers: Answers, conventions: Conventions) -> Mapping[str, str]:
    match name:
        case "severity":
            return conventions.policy.severities
        case "services" if answers.provenance != "public-report":
            return {key: service.label for key, service in conventions.policy.services.items()}
        case "trigger":
            return {
                key: f"{term.label}. {term.description}"
                for key, term in conventions.vocabulary.triggers.items()
                if not term.replaced_by
            }
        case "provenance" | "detection" | "tlp":
            words = conventions.schema.shape.at((name,)).known_values
            return {word: "" for word in words if word != "RED"}  # RED never enters a repository
        case _:
            return {}
