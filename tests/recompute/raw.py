"""What the independent recomputation works from: raw front matter, read by PyYAML alone.

Nothing here comes from `postmortems`: a fault of the program would otherwise be a fault of its test. Short forms
are written out; every value stays the text that stands in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

Raw = dict[str, Any]

_LENGTHS = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}


@dataclass(frozen=True)
class World:
    """A knowledge base as a public site sees it: its records newest first, its policy and vocabulary, and now."""

    records: list[Raw]
    policy: Raw
    vocabulary: Raw
    as_of: datetime
    written: str

    def is_written(self, text: str) -> bool:
        """Whether the words of a text stand together in a file, or those of its two parts do."""
        words = _words(text).split()
        return any(
            all(f" {' '.join(part)} " in self.written for part in (words[:cut], words[cut:]) if part)
            for cut in range(len(words))
        )

    @property
    def listed(self) -> list[Raw]:
        """Records that have a page of their own, and not only a tombstone."""
        return [raw for raw in self.records if raw["status"] != "withdrawn"]

    @property
    def counted(self) -> list[Raw]:
        """Records that enter figures."""
        return [raw for raw in self.listed if raw["class"] != "maintenance"]

    @property
    def own(self) -> list[Raw]:
        """The organisation's own records, first-hand and imported."""
        return [
            raw
            for raw in self.counted
            if raw["provenance"] != "public-report" and raw["organisation"] == self.policy["organisation"]
        ]

    @property
    def first_hand(self) -> list[Raw]:
        return [raw for raw in self.own if raw["provenance"] == "first-hand"]

    @property
    def today(self) -> date:
        return self.as_of.date()

    def needs_full_review(self, raw: Raw) -> bool:
        order = [entry["id"] for entry in self.policy["severities"]]
        final = raw["severity"].get("final") or raw["severity"].get("declared")
        limit = self.policy.get("review", {}).get("at_or_above", "sev2")
        return final in order and limit in order and order.index(final) <= order.index(limit)


def world(root: Path, schemas: Path, as_of: datetime, *, shipped: Path) -> World:
    """Read a knowledge base: CLEAR records that are no drafts. What `schemas` lacks is taken from `shipped`."""

    def convention(name: str) -> Raw:
        own = schemas / name
        return _load((own if own.exists() else shipped / name).read_text(encoding="utf-8"))

    written = [*(root / "incidents").rglob("*.md"), *schemas.glob("*.yaml"), *shipped.glob("*.yaml")]
    policy = convention("policy.yaml")
    found = [_record(path, policy) for path in sorted((root / "incidents").rglob("*.md")) if _is_record(path)]
    seen = [raw for raw in found if raw.get("tlp") == "CLEAR" and raw["status"] != "draft"]
    seen.sort(key=lambda raw: (raw["date"], raw["id"]), reverse=True)
    words = f" {' '.join(_words(path.read_text(encoding='utf-8')) for path in written)} "
    return World(seen, policy, convention("vocabulary.yaml"), as_of, words)


def _words(text: str) -> str:
    """The words and numbers of a text, however it is punctuated and its lines are broken."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only


def _is_record(path: Path) -> bool:
    return path.name.lower() != "readme.md" and not path.name.startswith((".", "_"))


def _record(path: Path, policy: Raw) -> Raw:
    raw: Raw = _load(path.read_text(encoding="utf-8").split("---\n", 2)[1])
    raw["id"] = path.parent.name if path.name == "index.md" else path.stem
    raw["date"] = re.match(r"\d{4}(-\d\d){0,2}", raw["id"])[0]
    raw["uri"] = path.as_posix()
    raw.setdefault("class", "operational")
    raw.setdefault("provenance", "first-hand")
    raw.setdefault("organisation", policy["organisation"])
    severity = raw.get("severity", {})
    raw["severity"] = {"declared": severity} if isinstance(severity, str) else severity
    trigger = raw.get("trigger", {})
    raw["trigger"] = {"kind": trigger} if isinstance(trigger, str) else trigger
    detection = raw.get("detection", {})
    raw["detection"] = {"source": detection} if isinstance(detection, str) else detection
    raw["times"] = {
        name: {"at": value} if isinstance(value, str) else value for name, value in raw.get("times", {}).items()
    }
    raw["factors"] = [_factor(entry, at) for at, entry in enumerate(raw.get("factors", []), 1)]
    about = [raw["factors"][0]["id"]] if len(raw["factors"]) == 1 else []
    raw["lessons"] = [{"about": about} | _lesson(entry, at) for at, entry in enumerate(raw.get("lessons", []), 1)]
    raw["actions"] = [dict({"status": "open"}, **entry) for entry in raw.get("actions", [])]
    for action in raw["actions"]:
        if raw["provenance"] == "first-hand":
            action.setdefault("opened", raw["date"])
    return raw


def _factor(entry: str | Raw, at: int) -> Raw:
    if isinstance(entry, str):
        name, _, statement = entry.partition(":")
        return {"id": f"F{at}", "factor": name.strip(), "statement": statement.strip(), "role": "contributing"}
    return {"id": f"F{at}", "role": "contributing"} | entry


def _lesson(entry: str | Raw, at: int) -> Raw:
    if isinstance(entry, str):
        kind, _, text = entry.partition(":")
        return {"id": f"L{at}", "kind": kind.strip(), "text": text.strip()}
    return {"id": f"L{at}"} | entry


def day(text: str | None) -> date | None:
    """A whole date; None for a text that is none, such as `next quarter`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def moment(entry: Raw | None) -> tuple[datetime, timedelta, bool] | None:
    """When a milestone begins, how wide its precision is, and whether it may enter a summary."""
    if not entry or "at" not in entry:
        return None
    text = entry["at"]
    estimated = entry.get("estimated") == "true"
    if "T" not in text:
        start = datetime.strptime(text, _LENGTHS[len(text)]).replace(tzinfo=UTC)
        days = {
            10: 1,
            7: (start.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal() - start.toordinal(),
        }
        width = timedelta(days=days.get(len(text), 366 if start.year % 4 == 0 else 365))
    else:
        start = datetime.fromisoformat(text).astimezone(UTC)
        width = timedelta(seconds=1) if re.search(r"T\d\d:\d\d:\d\d", text) else timedelta(minutes=1)
    return start, width, not (estimated and "within" not in entry)
