"""What the tests of analysis, site and engines share: records made by code, and sites built from them.

Everything goes through the real doors: a record is text that is read, a site is what MkDocs writes.
"""

from __future__ import annotations

import copy
import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from postmortems.record import Postmortem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.html import HtmlElement

MakeRecord = Callable[..., Postmortem]

REPOSITORY = Path(__file__).resolve().parent.parent

# The time that everything is counted from, and the same as SOURCE_DATE_EPOCH takes it.
AS_OF = datetime(2026, 6, 1, 12, tzinfo=UTC)
EPOCH = str(int(AS_OF.timestamp()))

# A small first-hand record that no rule has anything to say about.
SMALL: dict[str, Any] = {
    "schema": 1,
    "title": "Checkout refused all cards",
    "summary": "A deployment broke the card form, and no card payment went through for 43 minutes.",
    "status": "published",
    "tlp": "CLEAR",
    "published": "2026-04-07",
    "severity": "sev4",
    "services": ["checkout"],
    "trigger": "deploy",
    "times": {
        "started": "2026-03-31T10:12Z",
        "detected": "2026-03-31T10:20Z",
        "contained": "2026-03-31T10:50Z",
        "recovered": "2026-03-31T10:55Z",
    },
    "detection": "customer",
    "impact": {"technical": "high"},
    "factors": ["change.rollout: every host took the version at once -> the fault reached all users"],
    "lessons": ["improve: Let a few hosts take a new version first."],
    "no_actions_reason": "The rollout has had a first stage since.",
}

# Only what no record may lack.
BARE: dict[str, Any] = {
    "schema": 1,
    "title": "Power cut in the old data centre",
    "status": "published",
    "provenance": "imported",
    "tlp": "CLEAR",
    "published": "2026-01-02",
}

# Every field of the schema, each with something in it.
EVERYTHING: dict[str, Any] = {
    "schema": 1,
    "title": "Expired certificate stopped all card payments",
    "summary": "The certificate of the card gateway ran out, and all card payments failed for 43 minutes.",
    "organisation": "Example Bank",
    "status": "published",
    "state": "closed",
    "class": "operational",
    "provenance": "first-hand",
    "tlp": "CLEAR",
    "published": "2026-04-07",
    "severity": {"declared": "sev2", "final": "sev1"},
    "services": ["payments", "checkout"],
    "teams": ["platform"],
    "tags": ["certificates"],
    "trigger": {
        "kind": "expiry",
        "at": "2026-03-31T10:00Z",
        "ref": "CHG-17",
        "note": "The certificate of the gateway reached its end date.",
    },
    "times": {
        "started": "2026-03-31T10:12Z",
        "detected": {"at": "2026-03-31T10:20Z", "note": "First call of a customer."},
        "acknowledged": "2026-03-31T10:22Z",
        "responded": "2026-03-31T10:24Z",
        "declared": {"at": "2026-03-31T10:30Z", "estimated": True, "within": "5m"},
        "contained": "2026-03-31T10:50Z",
        "eradicated": "2026-03-31T10:52Z",
        "recovered": "2026-03-31T10:55Z",
        "closed": "2026-04-03",
    },
    "duration_stated": "43 min",
    "timeline": [
        {"at": "2026-03-31T10:20Z", "what": "Customers call the hotline.", "kind": "observation"},
        {"at": "2026-03-31T10:50Z", "what": "A new certificate is put in.", "kind": "action"},
        {"at": "2026-03-31", "what": "Merchants are told."},
    ],
    "detection": {"source": "customer", "how": "Customers called the hotline.", "before_impact": False},
    "impact": {
        "business": {"level": "high", "text": "Card revenue of 43 minutes was lost."},
        "technical": {"level": "high", "text": "Every handshake with the gateway failed."},
        "data": "none",
        "reputation": {"level": "medium", "text": "Merchants complained."},
        "users": {"count": 41000, "approx": True},
        "cost": {"amount": 120000, "currency": "EUR", "estimated": True},
        "figures": [{"what": "Refused payments", "value": 3100, "unit": "payments", "bound": "over"}],
    },
    "factors": [
        {
            "id": "F1",
            "factor": "infrastructure.expiry",
            "role": "initiating",
            "statement": "The renewal job had no alarm -> the certificate ran out unnoticed.",
            "evidence": ["E1"],
        },
        {
            "id": "F2",
            "factor": "detection.coverage",
            "role": "prolonging",
            "statement": "No check watched the gateway from outside -> customers noticed first.",
        },
    ],
    "evaluation": {
        "detection": {"verdict": "delayed", "note": "Customers noticed first."},
        "containment": "effective",
        "eradication": "effective",
        "recovery": "effective",
        "communication": "mixed",
        "coordination": "mixed",
        "decisions": "effective",
    },
    "questions": {
        "detected-quickly": {"answer": "no", "note": "Customers were first."},
        "severity-accurate": {"answer": "partly", "note": "It was declared one level too low."},
        "right-people-early": "yes",
        "runbook-adequate": "partly",
        "communication-cadence": "yes",
        "evidence-sufficient": "yes",
        "what-should-change": {
            "monitoring": "Watch the gateway from outside.",
            "alerting": "Alarm on the date of expiry.",
            "staffing": "Nothing.",
            "access": "Let the on-call engineer renew certificates.",
        },
    },
    "lessons": [
        {
            "id": "L1",
            "kind": "improve",
            "text": "Alarm on the date of expiry, not on the failure that follows it.",
            "about": ["F1"],
            "audience": ["engineering", "incident-response"],
        },
        {"id": "L2", "kind": "worked", "text": "The hotline knew whom to call.", "about": ["F2"]},
        {"id": "L3", "kind": "lucky", "text": "It happened at a quiet hour."},
    ],
    "actions": [
        {
            "id": "A1",
            "title": "Alarm three weeks before a certificate ends",
            "owner": "platform",
            "opened": "2026-04-03",
            "due": "2026-04-30",
            "done_when": "Every certificate of the gateway has an alarm.",
            "status": "verified",
            "closed": "2026-04-20",
            "evidence": ["E2", "https://tickets.example.org/4711"],
            "output": "alert",
            "artefact": "certificate-expiry",
            "aim": "detect-future",
            "strength": "intermediate",
            "priority": {"likelihood": 3, "impact": 5, "effort": 1},
            "addresses": ["F1", "L1", "detected-quickly"],
            "slips": [{"from": "2026-04-15", "to": "2026-04-30", "reason": "The vendor was late."}],
            "verify": {
                "metric": "count",
                "factor": "infrastructure.expiry",
                "from": "2026-05-01",
                "months": 12,
                "expect": "fewer",
            },
            "result": {"verdict": "effective", "note": "The alarm rang twice.", "at": "2026-05-20"},
        },
        {
            "id": "A2",
            "title": "Rewrite the runbook of the gateway",
            "owner": "platform",
            "due": "2026-05-15",
            "done_when": "The runbook has been used in an exercise.",
            "status": "declined",
            "reason": "The gateway is replaced in June.",
            "output": "runbook",
            "priority": "low",
            "addresses": ["F2"],
        },
    ],
    "review": {
        "held": "2026-04-03",
        "length_min": 60,
        "facilitator": {"role": "Service manager", "responded": False},
        "groups": {
            "technical": "attended",
            "management": "attended",
            "legal": {"not-needed": "No contract was touched."},
            "communications": "consulted",
            "compliance": "consulted",
        },
        "briefed_on": "2026-04-05",
        "follow_ups": ["2026-05-05", "2026-07-05"],
        "notes": "https://notes.example.org/17",
    },
    "evidence": [
        {"id": "E1", "kind": "log", "ref": "Renewal job, 1 to 31 March 2026", "sha256": "ab" * 32},
        {"id": "E2", "kind": "dashboard", "ref": "Certificates of the gateway"},
    ],
    "sources": [
        {
            "url": "https://status.example.org/17",
            "kind": "primary",
            "title": "Our own status page",
            "retrieved": "2026-04-02",
        }
    ],
    "conflicts": ["The status page says 10:15, the log 10:12."],
    "not_stated": ["impact.data"],
    "regulatory": [
        {
            "regime": "EU-DORA Art. 19",
            "clock_started": "2026-03-31T12:00Z",
            "due": "2026-03-31T16:00Z",
            "sent": "2026-03-31T15:00Z",
            "ref": "Notice 17",
        }
    ],
    "refs": {"jira": "OPS-4711"},
    "attack": ["T1499"],
    "rsit": ["availability"],
    "veris": ["action.error"],
    "cve": ["CVE-2026-12345"],
    "accepted": [{"rule": "T09", "reason": "The log is exact."}],
    "retention": {"review_on": "2031-03-31", "legal_hold": False},
    "amended": [{"date": "2026-04-20", "what": "The result of A1 was added.", "why": "It was verified."}],
    "x-cost-centre": "4711",
}

# The six sections with prose, so that a full record lacks nothing.
PROSE = """
## Overview

The certificate of the card gateway ran out.

## Impact

No customer could pay by card.

## Response

A new certificate ended it.

## Root causes

The renewal job had stopped in February.

## Lessons learned

The date of expiry was known all along.

## Recommendations

They are with the platform team.
"""

POLICY: dict[str, Any] = {
    "schema": 1,
    "organisation": "Example Bank",
    "severities": [{"id": f"sev{n}", "label": f"SEV{n}"} for n in range(1, 6)],
    "review": {"at_or_above": "sev2", "within_days": 7, "grace_days": 14},
    "services": {"payments": {"label": "Payments", "team": "platform"}, "checkout": {"label": "Checkout"}},
    "teams": {"platform": {"label": "Platform team"}},
    "audiences_of_lessons": ["engineering", "incident-response"],
}


def incident(*changes: Mapping[str, Any], body: str = "", base: Mapping[str, Any] = SMALL) -> str:
    """The text of a record: `base` with changes to its fields, where None takes a field away."""
    fields = copy.deepcopy(dict(base))
    for change in changes:
        fields |= change
    kept = {name: value for name, value in fields.items() if value is not None}
    return f"---\n{to_yaml(kept)}---\n{body}"


def to_yaml(value: Mapping[str, Any]) -> str:
    """Block style, in the order given, each text on one line."""
    return yaml.safe_dump(dict(value), allow_unicode=True, sort_keys=False, width=10_000)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder."""
    (root / "incidents").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


# A theme that prints what MkDocs hands to themes, each part in an element of its own. Like Material, it trusts
# titles and descriptions.
_TINY_THEME = """\
<!doctype html>
<html><head><title>{{ page.title }}</title>
<meta name="description" content="{{ page.meta.description or "" }}">
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
</head>
<body{% if incident %} data-incident="{{ incident.id }}"{% endif %}>
{%- macro items(entries) -%}
<ul>{% for item in entries %}<li>{% if item.is_page or item.is_link -%}
<a href="{{ item.url | url }}">{{ item.title }}</a>
{%- else -%}<b>{{ item.title }}</b>{{ items(item.children) }}{%- endif %}</li>{% endfor %}</ul>
{%- endmacro -%}
<nav id="menu">{{ items(nav) }}</nav>
<ol id="trail">{% for ancestor in page.ancestors | reverse %}<li>{{ ancestor.title }}</li>{% endfor %}</ol>
{%- macro contents(entries) -%}
<ul>{% for entry in entries -%}
<li><a href="{{ entry.url }}">{{ entry.title }}</a>{{ contents(entry.children) }}</li>
{%- endfor %}</ul>
{%- endmacro -%}
<nav id="contents">{{ contents(page.toc) }}</nav>
{% if page.edit_url %}<a id="edit" href="{{ page.edit_url }}">edit</a>{% endif %}
{% if page.previous_page %}<a id="previous" href="{{ page.previous_page.url | url }}">previous</a>{% endif %}
{% if page.next_page %}<a id="next" href="{{ page.next_page.url | url }}">next</a>{% endif %}
<main>{{ page.content }}</main>
</body></html>
"""


def settings(**changes: Any) -> dict[str, Any]:
    """A mkdocs.yml for the tiny theme, strict, with these settings over it."""
    plain: dict[str, Any] = {
        "site_name": "Tests",
        "strict": True,
        "theme": {"name": None, "custom_dir": "theme"},
        "plugins": ["postmortems"],
        "markdown_extensions": ["admonition", "attr_list", "footnotes", "tables", {"toc": {"permalink": True}}],
        "validation": {"links": {"anchors": "warn", "unrecognized_links": "warn"}},
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


MATERIAL: dict[str, Any] = {
    "theme": {"name": "material", "font": False, "features": ["navigation.path", "navigation.indexes"]},
    "plugins": ["search", "postmortems"],
}


@dataclass(frozen=True)
class Node:
    """A parsed page."""

    root: HtmlElement

    def all(self, xpath: str) -> list[HtmlElement]:
        return self.root.xpath(xpath)

    def one(self, xpath: str) -> HtmlElement:
        found = self.all(xpath)
        assert len(found) == 1, f"{len(found)} elements at {xpath}"
        return found[0]

    def of_class(self, name: str) -> list[HtmlElement]:
        return self.root.find_class(name)

    def texts(self, xpath: str) -> list[str]:
        return [words(element) for element in self.all(xpath)]

    def text(self, xpath: str = "//main") -> str:
        return words(self.one(xpath))

    def href(self, name: str) -> str | None:
        """The address of the link with an id, or None where there is none."""
        found = self.all(f"//a[@id='{name}']")
        assert len(found) <= 1
        return found[0].get("href") if found else None

    def links(self, xpath: str = "//main//a") -> dict[str, str | None]:
        return {words(element): element.get("href") for element in self.all(xpath)}

    @property
    def menu(self) -> list[Any]:
        """The navigation: texts, and pairs of a section's text and what is in it."""
        return _entries(self.one("//nav[@id='menu']/ul"))

    @property
    def trail(self) -> list[str]:
        """The breadcrumbs."""
        return self.texts("//ol[@id='trail']/li")

    @property
    def ids(self) -> list[str]:
        return [element.get("id") for element in self.root.iter() if element.get("id") is not None]


def _entries(element: HtmlElement) -> list[Any]:
    found: list[Any] = []
    for item in element.findall("li"):
        inner = item.find("ul")
        label = words(item[0])
        found.append(label if inner is None else (label, _entries(inner)))
    return found


@dataclass(frozen=True)
class Site:
    """A site that was built; `templates` names for the files of pages the template that each was made from."""

    folder: Path
    templates: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def built(cls, config: MkDocsConfig) -> Site:
        """What MkDocs has just built."""
        tree = config.plugins["postmortems"]._tree
        made = {uri: page.template for uri, page in tree.pages.items()} | dict.fromkeys(tree.incidents, "incident")
        urls = config.use_directory_urls
        templates = {File(uri, "", "", urls).dest_uri: template for uri, template in made.items()}
        return cls(Path(config.site_dir), templates)

    def page(self, url: str) -> Node:
        path = self.folder / url
        return parse((path / "index.html" if path.is_dir() else path).read_text(encoding="utf-8"))

    def has(self, url: str) -> bool:
        path = self.folder / url
        return (path / "index.html").is_file() if url.endswith("/") or not url else path.is_file()

    @property
    def files(self) -> dict[str, bytes]:
        """All files by their path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    @property
    def pages(self) -> dict[str, Node]:
        """All pages, parsed, by the path of their file."""
        return {
            path.relative_to(self.folder).as_posix(): parse(path.read_text(encoding="utf-8"))
            for path in sorted(self.folder.rglob("*.html"))
        }

    @property
    def search_entries(self) -> list[dict[str, Any]]:
        return json.loads((self.folder / "search/search_index.json").read_text(encoding="utf-8"))["docs"]


@dataclass
class KnowledgeBaseOnDisk:
    """A knowledge base in a temporary folder, with a tiny theme."""

    root: Path
    config: dict[str, Any] = field(default_factory=settings)

    def __post_init__(self) -> None:
        write(self.root, {"theme/main.html": _TINY_THEME})
        (self.root / "docs").mkdir(exist_ok=True)
        self.configure()

    def configure(self, **changes: Any) -> None:
        self.config = settings(**changes)
        (self.root / "mkdocs.yml").write_text(to_yaml(self.config), encoding="utf-8")

    def write(self, files: Mapping[str, str | bytes]) -> None:
        write(self.root, files)

    def load(self, **overrides: Any) -> MkDocsConfig:
        """The configuration as MkDocs reads it, with plugins that know of no site before it."""
        MkDocsConfig.plugins.plugin_cache.clear()
        return self.reload(**overrides)

    def reload(self, **overrides: Any) -> MkDocsConfig:
        """The configuration read anew, as a preview does it: with the plugins that are there."""
        return load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.root / "site"), **overrides)

    def build(self, *, command: str = "build", **overrides: Any) -> Site:
        """Build the site as `mkdocs build` does, or `mkdocs serve` for its preview."""
        config = self.load(**overrides)
        config.plugins.on_startup(command=command, dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
        return Site.built(config)

    def preview(self, **overrides: Any) -> Site:
        return self.build(command="serve", **overrides)


DEMO = REPOSITORY / "tests/corpora/demo"
DEMO_EPOCH = "1795348800"  # the day that the demo is made up for


def reference_site(factory: pytest.TempPathFactory) -> Site:
    """The site of this repository as `make site` builds it: strict, with Material. Built once a run."""
    return built_once(_folder_of_run(factory) / "reference-site", REPOSITORY)


def demo_site(factory: pytest.TempPathFactory) -> Site:
    """The site of the made-up organisation as `make demo` builds it. Built once a run."""
    return built_once(_folder_of_run(factory) / "demo-site", DEMO, epoch=DEMO_EPOCH)


def built_once(folder: Path, base: Path, *, epoch: str = "") -> Site:
    """The site of a knowledge base, built strictly into a folder by the first worker that asks for it."""
    built = folder.with_suffix(".json")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
        if not built.exists():
            built.write_text(json.dumps(_build_strictly(folder, base, epoch).templates), encoding="utf-8")
    return Site(folder, json.loads(built.read_text(encoding="utf-8")))


def _folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """What all workers of a run share: the folder above that of each worker."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _build_strictly(folder: Path, base: Path, epoch: str) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        if epoch:
            patch.setenv("SOURCE_DATE_EPOCH", epoch)
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        MkDocsConfig.plugins.plugin_cache.clear()
        config = load_config(str(base / "mkdocs.yml"), site_dir=str(folder), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        return Site.built(config)


def parse(html: str) -> Node:
    """Parse a page or a part of one."""
    if "<html" in html[:200]:
        return Node(lxml.html.document_fromstring(html))
    return Node(lxml.html.document_fromstring(f"<!doctype html><html><body><main>{html}</main></body></html>"))


def words(element: HtmlElement) -> str:
    """The text of an element as it is seen: white space folded."""
    return " ".join(element.text_content().split())


def dangers(node: Node) -> list[str]:
    """What in a page could act: scripts, frames, handlers, addresses that run."""
    found = []
    for element in node.root.iter():
        if _is_ours(element):
            continue
        if element.tag in {"script", "style", "iframe", "object", "embed", "form", "base", "meta", "link"}:
            found.append(lxml.html.tostring(element, encoding="unicode", with_tail=False)[:200])
        for name, value in element.attrib.items():
            scheme = "".join(value.split()).lower().partition(":")[0]
            acts = name in {"href", "src", "action"} and scheme in {"javascript", "data", "vbscript"}
            if name.startswith("on") or acts or name == "srcdoc":
                found.append(f"<{element.tag} {name}={value!r}>")
    return found


def _is_ours(element: HtmlElement) -> bool:
    """The listing's form without an address, and scripts of the package, which hold nothing of records."""
    if element.tag == "form":
        return element.get("role") == "search" and element.get("action") is None
    return element.tag == "script" and not element.text and "/assets/postmortems/" in f"/{element.get('src')}"


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a value, with where it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    elif isinstance(value, str):
        yield path, value


def with_leaf(value: Any, path: Iterable[str | int], text: str) -> Any:
    """A copy in which one text is another."""
    made = copy.deepcopy(value)
    *way, last = path
    place = made
    for step in way:
        place = place[step]
    place[last] = text
    return made
