"""The conventions of one knowledge base, each file validated by its own schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.conventions.controls import Controls, build_controls, controls_findings
from postmortems.conventions.own_terms import in_own_terms
from postmortems.conventions.policy import Policy, build_policy
from postmortems.conventions.requirements import Requirement, build_requirements
from postmortems.conventions.shipped import shipped_controls, shipped_source, uses_shipped
from postmortems.conventions.vocabulary import Vocabulary, build_vocabulary
from postmortems.findings import Finding, Severity
from postmortems.source import SchemaValidator, Source, access, did_you_mean, one_of, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.conventions.locations import KnowledgeBase
    from postmortems.texts import Wording


@dataclass(frozen=True, slots=True)
class Conventions:
    """Everything records are read and checked by; `texts` are the reworded texts of the interface.

    `own_controls` are those of the knowledge base, None where it has none.
    """

    schema: SchemaValidator
    vocabulary: Vocabulary
    policy: Policy
    requirements: tuple[Requirement, ...]
    own_controls: Controls | None
    texts: Mapping[str, Wording] = field(default_factory=dict)

    @property
    def controls(self) -> Controls:
        """The knowledge base's own controls, or else the shipped ones, which are read when first asked for."""
        return self.own_controls or shipped_controls()


def load_conventions(base: KnowledgeBase) -> tuple[Conventions | None, list[Finding]]:
    """Read the conventions of a knowledge base; with findings, there are none."""
    findings: list[Finding] = []
    policy_source = _read(base, "policy", findings)
    policy = build_policy(policy_source) if policy_source else None
    schema = _validator(base, "incident", findings, policy)
    vocabulary = _read(base, "vocabulary", findings)
    requirements = _read(base, "requirements", findings)
    controls = None if uses_shipped(base, "controls") else _read(base, "controls", findings)
    texts = _own_texts(base, findings)
    if not (schema and vocabulary and policy_source and policy and requirements):
        return None, findings
    made = Conventions(
        schema,
        build_vocabulary(vocabulary),
        policy,
        build_requirements(requirements),
        build_controls(controls) if controls else None,
        texts,
    )
    findings += _vocabulary_findings(made.vocabulary, vocabulary) + _policy_findings(policy, policy_source)
    if controls:
        findings += controls_findings(controls, made.controls, policy)
    return (None if findings else made), findings


def _read(base: KnowledgeBase, name: str, findings: list[Finding]) -> Source | None:
    if uses_shipped(base, name):
        return shipped_source(name)
    validator = _validator(base, name, findings)
    path = base.convention(f"{name}.yaml")
    try:
        data = path.read_bytes()
    except OSError as error:
        findings.append(_file_finding(base.shown(path), "S101", f"this can't be read: {error.strerror}"))
        return None
    if validator is None:
        return None
    reading = read_yaml(base.shown(path), data, validator.shape)
    faults = list(reading.findings)
    if reading.source:
        faults += validator.findings(reading.source)
    findings += faults
    return None if faults else reading.source


def _own_texts(base: KnowledgeBase, findings: list[Finding]) -> dict[str, Wording]:
    """The texts of the interface that the knowledge base rewords; most have no such file."""
    if not base.convention("texts.yaml").is_file():
        return {}
    source = _read(base, "texts", findings)
    if source is None:
        return {}
    from postmortems.texts import known_messages

    known = known_messages()
    texts: dict[str, Wording] = {}
    for english, wording in access.mapping(source.meta.get("texts")).items():
        form = access.mapping(wording)
        texts[english] = (access.text(form["one"]), access.text(form["other"])) if form else access.text(wording)
        if english not in known:
            findings.append(
                source.finding(
                    "S118",
                    Severity.ERROR,
                    "the interface has no such text, so this would change nothing",
                    at=("texts", english),
                    of_key=True,
                    help=did_you_mean(english, known) or "write the English text exactly as the interface has it",
                )
            )
    return texts


def _validator(
    base: KnowledgeBase, name: str, findings: list[Finding], policy: Policy | None = None
) -> SchemaValidator | None:
    """The schema of a file; that of records is in the terms of a policy."""
    path = base.convention(f"{name}.schema.json")
    try:
        text = path.read_text(encoding="utf-8")
        return SchemaValidator.of_text(text, lambda schema: in_own_terms(schema, policy) if policy else schema)
    except (OSError, ValueError) as error:
        findings.append(_file_finding(base.shown(path), "S118", f"this is not a JSON Schema: {error}"))
        return None


def _file_finding(path: str, code: str, message: str) -> Finding:
    return Finding(path, 1, 1, code, Severity.ERROR, message, end_column=1)


def _vocabulary_findings(vocabulary: Vocabulary, source: Source) -> list[Finding]:
    """Parents and successors must be words of the vocabulary, and dimensions its dimensions."""
    findings: list[Finding] = []
    for term in vocabulary.factors.values():
        if term.id.startswith("x-") and term.parent not in vocabulary.factors:
            findings.append(
                source.finding(
                    "S118",
                    Severity.ERROR,
                    f"the extension `{term.id}` has the parent `{term.parent}`, which is not a factor",
                    at=("extensions", term.id, "parent"),
                    help=did_you_mean(term.parent, vocabulary.factors) or "name a factor of this file",
                )
            )
        elif term.id.startswith("x-") and term.parent.startswith("x-"):
            findings.append(
                source.finding(
                    "S118",
                    Severity.ERROR,
                    f"the extension `{term.id}` has the parent `{term.parent}`, which is itself an extension",
                    at=("extensions", term.id, "parent"),
                    help="name a standard factor, so that your figures stay comparable",
                )
            )
        if term.replaced_by and term.replaced_by not in vocabulary.factors:
            findings.append(
                source.finding(
                    "S118",
                    Severity.ERROR,
                    f"`{term.id}` is replaced by `{term.replaced_by}`, which is not a factor",
                    at=(*_pointer_of(term.id), "replaced_by"),
                    help=did_you_mean(term.replaced_by, vocabulary.factors) or "name a factor of this file",
                )
            )
    findings += [
        source.finding(
            "S118",
            Severity.ERROR,
            f"the dimension `{category.dimension}` is not listed under `dimensions`",
            at=("categories", category.id, "dimension"),
            help=did_you_mean(category.dimension, vocabulary.dimensions),
        )
        for category in vocabulary.categories.values()
        if category.dimension not in vocabulary.dimensions
    ]
    return findings


def _pointer_of(factor: str) -> tuple[str, ...]:
    if factor.startswith("x-"):
        return ("extensions", factor)
    category, _, name = factor.partition(".")
    return ("categories", category, "factors", name)


def _policy_findings(policy: Policy, source: Source) -> list[Finding]:
    """Severities stand once; a threshold is one of them, and a service's team a listed one."""
    listed = [access.text(access.mapping(entry).get("id")) for entry in access.items(source.meta["severities"])]
    folded = [severity.casefold() for severity in listed]
    findings = [
        source.finding(
            "S118",
            Severity.ERROR,
            f"the severity `{severity}` is listed twice",
            at=("severities", i, "id"),
            help="list each severity once, worst first; upper and lower case make no difference",
        )
        for i, severity in enumerate(listed)
        if folded[i] in folded[:i]
    ]
    if policy.review.at_or_above not in policy.severities:
        findings.append(
            source.finding(
                "S118",
                Severity.ERROR,
                f"the review threshold `{policy.review.at_or_above}` is not one of the severities",
                at=("review", "at_or_above"),
                help=did_you_mean(policy.review.at_or_above, policy.severities) or one_of(policy.severities),
            )
        )
    findings += [
        source.finding(
            "S118",
            Severity.ERROR,
            f"the service `{service.id}` belongs to `{service.team}`, which is not listed under `teams`",
            at=("services", service.id, "team"),
            help=did_you_mean(service.team, policy.teams) or "add the team under `teams`",
        )
        for service in policy.services.values()
        if service.team and service.team not in policy.teams
    ]
    return findings
