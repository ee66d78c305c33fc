"""A knowledge base of any size, made up: the same bytes for the same number of records.

Each record has 78 lines of front matter and about 6 KB. They are valid and varied: five severities, small and full
reviews, short and long forms of fields, block texts, quoted texts, flow lists. About one in ten follows an action
up that was to prevent it, so that what compares records has something to find.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from postmortems.conventions import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _words(text: str) -> list[str]:
    return text.split()


LINES = 78
SIZE = 6_000
_FIRST = datetime(2016, 1, 4, 6, tzinfo=UTC)
_DAYS = 3_600
_AREAS = _words("""
    accounts billing cards catalogue checkout claims delivery identity ledger loans mail mobile orders
    payments pricing quotes reports search stock transfers
""")
_PARTS = _words("""
    api archive batch cache database events export frontend gateway import jobs mirror proxy queue
    registry scheduler sessions storage worker writer
""")
_SERVICES = [f"{area}-{part}" for area in _AREAS for part in _PARTS]
_TEAMS = ["platform", "network", "storage", "payments", "identity", "frontend", "data", "incident-manager"]
_TECHNICAL = _words("""
    change.config-validation change.guardrail change.migration software.logic software.concurrency
    software.error-handling software.interface software.resource-use software.data-integrity
    architecture.single-point architecture.isolation architecture.cascading architecture.dependency
    architecture.failover architecture.capacity-limit architecture.load-handling infrastructure.hardware
    infrastructure.network infrastructure.platform infrastructure.expiry access.privilege-scope
""")
_HUMAN = _words("""
    change.review detection.coverage detection.threshold detection.routing detection.noise
    response.runbook response.escalation response.roles response.handover communication.internal
    communication.knowledge-sharing org.training org.workload org.ownership org.priorities
""")
_TRIGGERS = ["deploy", "config-change", "manual-operation", "capacity", "expiry", "hardware-or-network"]
_CAUSES = [
    "a batch of writes held a lock for longer than the gateway waits",
    "the new version opened one connection for each request",
    "a certificate was renewed on three machines of four",
    "the retry of a client had neither a limit nor a pause",
    "a partition filled up while its alarm looked at another one",
    "the setting meant for the test cluster reached the live one",
    "the standby had been behind by six hours since the last drill",
    "a table was rewritten in the busiest hour of the week",
]
_EFFECTS = [
    "requests queued up until the load balancer gave up on them",
    "every worker waited for the same row and none answered",
    "one customer in four saw an error page",
    "orders were taken twice and had to be cancelled by hand",
    "the nightly run began after the shops had opened",
    "alerts arrived, but in a channel that no one reads at night",
]
_STEPS = [
    "The first alarm fires; the person on call opens the dashboard.",
    "Traffic is moved to the second site, without effect.",
    "A colleague of the database team joins the call.",
    "The change of the morning is suspected and reverted.",
    "The queue stops growing; the oldest entry is 14 minutes old.",
    "Support is told what to answer; the status page says the same.",
    "The number of errors falls to what it was before.",
    "The workers are started again one by one – “slowly this time”.",
]
_TITLES = [
    "{service} answered slowly for {minutes} minutes after a change",
    "{service} lost one write in a hundred during a failover",
    "{service} refused all logins: a certificate had run out",
    "Queue before {service} grew until orders timed out",
    "{service} was overloaded by its own retries",
]
_PROSE = [
    "The service takes its work from a queue and writes what comes of it to two stores, one after the other.",
    "Until that morning nobody had seen the two differ, and no check compared them.",
    "The dashboards showed `503` for a growing share of requests, then for nearly all of them.",
    "Those who were called first had the right to look, but not the right to change anything.",
    "What ended it was neither the rollback nor the restart: the load simply fell at lunchtime.",
    "Looking back, the [change](https://changes.example.org/4711) was harmless by itself.",
    "It became harmful in the company of a limit that had been set three years before, for other machines.",
    "Customers noticed two minutes before any alarm did, and said so in **no** uncertain terms.",
    "The runbook described a tool that had been replaced; its successor has other options.",
    "Müller’s law held once more: what is not exercised does not work when it is wanted.",
]
_SECTIONS = ["Overview", "Impact", "Response", "Root causes", "Lessons learned"]


def make_knowledge_base(root: Path, records: int) -> KnowledgeBase:
    """Write a knowledge base with that many post-mortems, below a folder that is empty or absent."""
    base = KnowledgeBase(root)
    base.schemas.mkdir(parents=True)
    (base.schemas / "policy.yaml").write_text(_policy(), encoding="utf-8")
    for record_id, text in make_records(records):
        path = base.incidents / record_id[:4] / f"{record_id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return base


def make_records(count: int) -> Iterator[tuple[str, str]]:
    """Id and text of each post-mortem."""
    for number in range(count):
        chance = random.Random(number)
        started = _FIRST + timedelta(days=number * _DAYS // max(count, 1), minutes=chance.randrange(0, 14 * 60, 5))
        services = chance.sample(_SERVICES, chance.choice([1, 2, 2, 3]))
        record_id = f"{started:%Y-%m-%d}-{services[0]}-{number:05}"
        front = _front_matter(chance, started, services)
        yield record_id, f"---\n{front}---\n{_body(chance, SIZE - len(front.encode()) - 8)}"


def front_matter_of(text: str) -> str:
    """The fields of a post-mortem, as a YAML file of its own."""
    return text.split("---\n", 2)[1]


def _policy() -> str:
    lines = ["schema: 1", "organisation: Example Bank", "severities:"]
    lines += [f"  - {{id: sev{i}, label: SEV{i}}}" for i in range(1, 6)]
    lines += ["review:", "  at_or_above: sev2", "services:"]
    lines += [f"  {service}: {{label: {service.replace('-', ' ').capitalize()}}}" for service in _SERVICES]
    lines += ["teams:", *(f"  {team}: {{label: {team.capitalize()}}}" for team in _TEAMS)]
    lines += ["audiences_of_lessons: [engineering, leadership]", "audience: organisation", ""]
    return "\n".join(lines)


def _front_matter(chance: random.Random, started: datetime, services: list[str]) -> str:
    severity = chance.choice([1, 2, 2, 3, 3, 3, 4, 4, 5])
    full = severity <= 2
    minutes = chance.randrange(12, 400)
    title = chance.choice(_TITLES).format(service=services[0], minutes=minutes)
    lines = [
        "schema: 1",
        f'title: "{title}"' if ": " in title else f"title: {title}",
        "summary: >-",
        f"  {chance.choice(_CAUSES).capitalize()}, and {chance.choice(_EFFECTS)}.",
        f"  It lasted {minutes} minutes and ended after {chance.choice(_TEAMS)} had stepped in.",
        "status: published",
        f"tlp: {chance.choice(['CLEAR', 'GREEN', 'AMBER'])}",
        f"published: {started + timedelta(days=6):%Y-%m-%d}",
        f"severity: sev{severity}",
        *_listed("services", services, flow=full or chance.random() < 0.5),
        *_listed("teams", chance.sample(_TEAMS, 2), flow=True),
        "trigger:",
        f"  kind: {chance.choice(_TRIGGERS)}",
        f"  at: {_moment(started, -chance.randrange(0, 20))}",
        *_times(chance, started, minutes, exact=full),
        *_detection(chance, brief=full),
        "impact:",
        f"  business: {chance.choice(['low', 'medium', 'high'])}",
        f'  technical: {{level: high, text: "{chance.choice(_EFFECTS)}"}}',
        f"  reputation: {chance.choice(['none', 'low', 'medium'])}",
        f"  users: {{count: {chance.randrange(10, 90_000)}, approx: true}}",
        *_factors(chance, full=full),
        *(_review(chance, started) if full else []),
        *_lessons(chance, full=full),
        *_actions(chance, started, full=full),
    ]
    return "\n".join([*lines, *_timeline(chance, started, LINES - len(lines)), ""])


def _listed(name: str, words: list[str], *, flow: bool) -> list[str]:
    return [f"{name}: [{', '.join(words)}]"] if flow else [f"{name}:", *(f"  - {word}" for word in words)]


def _moment(started: datetime, minutes: int) -> str:
    at = started + timedelta(minutes=minutes)
    return f"{at:%Y-%m-%dT%H:%MZ}" if minutes % 3 else f"{at + timedelta(hours=2):%Y-%m-%dT%H:%M:%S+02:00}"


def _times(chance: random.Random, started: datetime, minutes: int, *, exact: bool) -> list[str]:
    detected = min(chance.randrange(1, 11), minutes // 4)
    contained = minutes * 2 // 3
    noticed = [f"  detected: {_moment(started, detected)}"]
    if not exact and chance.random() < 0.3:
        noticed = [
            "  detected:",
            f"    at: {_moment(started, detected)}",
            "    estimated: true",
            "    within: 5m",
            "    note: From the first mail of a customer.",
        ]
    return [
        "times:",
        f"  started: {_moment(started, 0)}",
        *noticed,
        f"  responded: {_moment(started, min(detected + 6, contained))}",
        f"  contained: {_moment(started, contained)}",
        f"  recovered: {_moment(started, minutes)}",
    ]


def _detection(chance: random.Random, *, brief: bool) -> list[str]:
    if brief or chance.random() < 0.5:
        return ["detection: monitoring"]
    return ["detection:", "  source: customer", "  how: Customers called the hotline, which called us."]


def _factors(chance: random.Random, *, full: bool) -> list[str]:
    return [
        "factors:",
        "  - id: F1",
        f"    factor: {chance.choice(_TECHNICAL)}",
        "    role: initiating",
        f"    statement: {chance.choice(_CAUSES)} -> {chance.choice(_EFFECTS)}",
        *(["    evidence: [E1]"] if full else []),
        "  - id: F2",
        f"    factor: {chance.choice(_HUMAN)}",
        "    role: prolonging",
        f"    statement: {chance.choice(_CAUSES)} -> {chance.choice(_EFFECTS)}",
    ]


def _review(chance: random.Random, started: datetime) -> list[str]:
    return [
        "evaluation: {detection: delayed, containment: effective, recovery: effective}",
        "questions:",
        "  detected-quickly: yes",
        "  severity-accurate: yes",
        "  right-people-early: yes",
        "  runbook-adequate: partly",
        "  communication-cadence: yes",
        "  evidence-sufficient: yes",
        "  what-should-change: {alerting: Alarm on the age of the oldest entry.}",
        "review:",
        f"  held: {started + timedelta(days=3):%Y-%m-%d}",
        "  facilitator: {role: incident-manager, responded: false}",
        "  groups: {technical: attended, management: attended, legal: consulted, communications: consulted,",
        "    compliance: {not-needed: no obligation was touched}}",
        f"  briefed_on: {started + timedelta(days=5):%Y-%m-%d}",
        f"  follow_ups: [{started + timedelta(days=45):%Y-%m-%d}]",
        "evidence:",
        f"  - {{id: E1, kind: log, ref: 'gateway, {started:%d %B %Y}'}}",
    ]


def _lessons(chance: random.Random, *, full: bool) -> list[str]:
    return [
        "lessons:",
        "  - id: L1",
        "    kind: improve",
        "    text: Alarm on what customers feel, not on what a machine reports about itself.",
        "    about: [F1, F2]",
        f"    audience: [{chance.choice(['engineering', 'leadership'])}]",
        *(
            ['  - "worked: The call had one person to decide, and one to write down what was decided."']
            if full
            else []
        ),
    ]


def _actions(chance: random.Random, started: datetime, *, full: bool) -> list[str]:
    due, done = started + timedelta(days=40), started + timedelta(days=chance.randrange(5, 60))
    addresses = [*(["F1"] if chance.random() < 0.1 else []), "L1", *(["runbook-adequate"] if full else [])]
    return [
        "actions:",
        "  - id: A1",
        "    title: Put a limit and a pause on the retries of every client",
        f"    owner: {chance.choice(_TEAMS)}",
        f"    due: {due:%Y-%m-%d}",
        "    done_when: a client without a limit fails the build",
        "    status: done",
        f"    closed: {done:%Y-%m-%d}",
        "    evidence:",
        f"      - https://tickets.example.org/{chance.randrange(9_999)}",
        f"    addresses: [{', '.join(addresses)}]",
        *(["    output: patch-config"] if full else []),
    ]


def _timeline(chance: random.Random, started: datetime, lines: int) -> list[str]:
    """Entries of two lines, and one of three where that many lines would be odd."""
    entries = (lines - 1) // 2
    made = ["timeline:"]
    for i, step in zip(range(entries), chance.sample(_STEPS, len(_STEPS)) * 3, strict=False):
        made += [f"  - at: {_moment(started, i * 4 + 1)}", f"    what: {step}"]
    return made + ["    kind: action"] * ((lines - 1) % 2)


def _body(chance: random.Random, size: int) -> str:
    text = ""
    share = size // len(_SECTIONS)
    for i, section in enumerate(_SECTIONS, 1):
        text += f"\n## {section}\n\n"
        while len(text.encode()) < share * i - 60:
            text += chance.choice(_PROSE) + ("\n\n" if chance.random() < 0.2 else "\n")
    return text
