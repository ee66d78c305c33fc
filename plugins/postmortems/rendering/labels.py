"""The wording of what fields may hold, for readers."""

from __future__ import annotations

from postmortems.texts import N_, _

WORDS = {
    "operational": N_("Operational"),
    "security": N_("Security"),
    "privacy": N_("Privacy"),
    "near-miss": N_("Near miss"),
    "exercise": N_("Exercise"),
    "maintenance": N_("Maintenance"),
    "first-hand": N_("First-hand"),
    "public-report": N_("Retold from public sources"),
    "imported": N_("Imported from an older log"),
    "draft": N_("Draft"),
    "in-review": N_("In review"),
    "published": N_("Published"),
    "withdrawn": N_("Withdrawn"),
    "monitoring": N_("Monitoring"),
    "staff": N_("Staff"),
    "customer": N_("A customer"),
    "partner": N_("A partner"),
    "researcher": N_("A researcher"),
    "authority": N_("An authority"),
    "adversary": N_("The adversary"),
    "unknown": N_("Unknown"),
    "info": N_("Note"),
    "in-progress": N_("In progress"),
    "not-stated": N_("Status not stated"),
    "n/a": N_("Not applicable"),
    "worked": N_("What worked"),
    "improve": N_("What to improve"),
    "lucky": N_("Where luck helped"),
    "primary": N_("the organisation's own report"),
    "excerpt": N_("part of the organisation's own report"),
    "quoted": N_("the organisation's report, as quoted by others"),
    "secondary": N_("an account by others"),
    "irp": N_("Incident response plan"),
    "patch-config": N_("Patch or configuration"),
    "comms-template": N_("Communication template"),
    "not-needed": N_("Not needed"),
    "absent": N_("Absent, no reason"),
    "planned": N_("Planned"),
    "changed": N_("Changed"),
    "overdue": N_("Overdue"),
    "repeats": N_("Repeats"),
    "caused-by": N_("Was caused by"),
    "supersedes": N_("Supersedes"),
    "see": N_("See also"),
    "attack": N_("MITRE ATT&CK"),
    "cve": N_("CVE"),
    "rsit": N_("RSIT"),
    "veris": N_("VERIS"),
    "started": N_("Started"),
    "detected": N_("Detected"),
    "acknowledged": N_("Acknowledged"),
    "responded": N_("Responded"),
    "declared": N_("Declared"),
    "contained": N_("Contained"),
    "eradicated": N_("Eradicated"),
    "recovered": N_("Recovered"),
    "closed": N_("Closed"),
    "ongoing": N_("Ongoing"),
    "resolved": N_("Resolved"),
    "none": N_("None"),
    "low": N_("Low"),
    "medium": N_("Medium"),
    "high": N_("High"),
    "critical": N_("Critical"),
    "yes": N_("Yes"),
    "partly": N_("Partly"),
    "no": N_("No"),
    "effective": N_("Effective"),
    "mixed": N_("Mixed"),
    "delayed": N_("Delayed"),
    "ineffective": N_("Ineffective"),
    "open": N_("Open"),
    "done": N_("Done"),
    "verified": N_("Verified"),
    "declined": N_("Declined"),
    "superseded": N_("Superseded"),
    "observation": N_("Observation"),
    "decision": N_("Decision"),
    "action": N_("Action"),
    "communication": N_("Communication"),
    "initiating": N_("Initiating"),
    "contributing": N_("Contributing"),
    "prolonging": N_("Prolonging"),
    "technical": N_("Technical"),
    "management": N_("Management"),
    "legal": N_("Legal"),
    "communications": N_("Communications"),
    "compliance": N_("Compliance"),
    "attended": N_("Attended"),
    "consulted": N_("Consulted"),
    "business": N_("Business"),
    "data": N_("Data"),
    "reputation": N_("Reputation"),
    "detection": N_("Detection"),
    "containment": N_("Containment"),
    "eradication": N_("Eradication"),
    "recovery": N_("Recovery"),
    "coordination": N_("Coordination"),
    "decisions": N_("Decisions"),
    "alerting": N_("Alerting"),
    "staffing": N_("Staffing"),
    "access": N_("Access"),
    "runbook": N_("Runbook"),
    "escalation-path": N_("Escalation path"),
    "contact-list": N_("Contact list"),
    "report-format": N_("Report format"),
    "alert": N_("Alert"),
    "dashboard": N_("Dashboard"),
    "backup": N_("Backup"),
    "access-rule": N_("Access rule"),
    "break-glass": N_("Break glass"),
    "training": N_("Training"),
    "other": N_("Other"),
    "investigate": N_("Investigate"),
    "mitigate": N_("Mitigate"),
    "repair": N_("Repair"),
    "detect-future": N_("Notice the next one sooner"),
    "mitigate-future": N_("Limit the harm of the next one"),
    "prevent-future": N_("Prevent the next one"),
    "policy-procedure": N_("Policies and procedures"),
    "training-awareness": N_("Training and awareness"),
    "weaker": N_("Weaker"),
    "intermediate": N_("Intermediate"),
    "stronger": N_("Stronger"),
    "log": N_("Log"),
    "report": N_("Report"),
    "chat": N_("Chat"),
    "ticket": N_("Ticket"),
    "change": N_("Change"),
    "detected-quickly": N_("Detected quickly"),
    "severity-accurate": N_("Severity accurate"),
    "right-people-early": N_("Right people early"),
    "runbook-adequate": N_("Runbook adequate"),
    "communication-cadence": N_("Communication cadence"),
    "evidence-sufficient": N_("Evidence sufficient"),
    "what-should-change": N_("What should change"),
}

# As the schema asks them.
_QUESTIONS = {
    "detected-quickly": N_("Was the incident detected as quickly as it should have been?"),
    "severity-accurate": N_("Did the severity level reflect the actual impact?"),
    "right-people-early": N_("Were the right people involved early enough?"),
    "runbook-adequate": N_("Was there a fitting runbook, or was too much invented on the spot?"),
    "communication-cadence": N_("Was the cadence of external communication appropriate?"),
    "evidence-sufficient": N_("Did logs, dashboards and evidence support the investigation?"),
    "what-should-change": N_("What should change in monitoring, alerting, staffing and access?"),
}

# Reasons that are not worded as their values, which names of figures and files hold.
_REASONS = {
    "not known exactly enough": N_("not precise enough"),
    "start not known exactly enough": N_("start not precise enough"),
    "duration not known exactly enough": N_("duration not precise enough"),
    "not told when it was reviewed": N_("review date not recorded"),
}


def questions() -> dict[str, str]:
    """The seven questions of a review, by their names and in their order."""
    return {name: _(asked) for name, asked in _QUESTIONS.items()}


def word(value: str) -> str:
    """The wording of a field's value; for values without one, such as an organisation's own, as words."""
    return _(WORDS[value]) if value in WORDS else in_words(value)


def in_words(value: str) -> str:
    """An id that an organisation chose, as words: `incident-response` as `Incident response`."""
    return value.replace("-", " ").capitalize()


def reason(value: str) -> str:
    """Why something is not counted, in words."""
    return _(_REASONS.get(value, value))
