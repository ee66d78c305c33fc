"""A knowledge base's own conventions: they take the place of the shipped ones, and are checked first."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.conventions import KnowledgeBase, Service, Team, find_knowledge_base, load_conventions
from postmortems.conventions.locations import shipped_schemas

VOCABULARY = (shipped_schemas() / "vocabulary.yaml").read_text(encoding="utf-8").replace("extensions: {}\n", "")
POLICY = """\
schema: 1
organisation: Example Bank
severities:
  - {id: sev1, label: Worst}
  - {id: sev2, label: Bad}
  - {id: sev4, label: Mild}
review:
  at_or_above: sev4
  within_days: 3
services:
  payments:
    label: Payments
    team: platform
  api.gateway:
    label: Gateway
teams:
  platform:
    label: Platform team
audiences_of_lessons: [engineering]
audience: organisation
"""


@pytest.fixture
def load(knowledge_base):
    def load(**files):
        """Load the conventions of a knowledge base with these files: `policy="…"`."""
        names = {f"schemas/{name.replace('_schema', '.schema')}": text for name, text in files.items()}
        suffixed = {f"{name}{'.json' if 'schema' in name[8:] else '.yaml'}": text for name, text in names.items()}
        return load_conventions(knowledge_base(suffixed))

    return load


def test_an_own_policy_takes_the_place_of_the_shipped_one(load, conventions):
    made, findings = load(policy=POLICY)
    assert findings == []
    assert made.policy.organisation == "Example Bank"
    assert made.policy.severities == {"sev1": "Worst", "sev2": "Bad", "sev4": "Mild"}
    assert made.policy.needs_full_review("sev4")
    assert not made.policy.needs_full_review("sev3")
    assert made.policy.services["payments"] == Service("payments", "Payments", "platform")
    assert made.policy.services["api.gateway"] == Service("api.gateway", "Gateway")
    assert made.policy.teams == {"platform": Team("platform", "Platform team")}
    assert (made.policy.review.within_days, made.policy.review.grace_days) == (3, 14)
    assert made.policy.audience == "organisation"
    assert made.vocabulary == conventions.vocabulary


def test_what_a_policy_leaves_out_takes_the_defaults(load):
    made, findings = load(policy=POLICY.split("review:", maxsplit=1)[0])
    assert findings == []
    assert made.policy.review.at_or_above == "sev2"
    assert (made.policy.services, made.policy.teams, made.policy.audiences_of_lessons) == ({}, {}, ())
    assert made.policy.audience == "public"


def test_an_extension_has_the_category_of_its_parent(load):
    made, findings = load(
        vocabulary=VOCABULARY
        + "extensions:\n  x-acme.tills:\n    label: Tills\n    description: How tills get a version\n"
        + "    parent: change.rollout\n"
    )
    assert findings == []
    term = made.vocabulary.factors["x-acme.tills"]
    assert (term.label, term.parent, term.category) == ("Tills", "change.rollout", "change")
    assert made.vocabulary.dimension_of("x-acme.tills") == "process"
    assert made.vocabulary.factor_label("x-acme.tills") == "Tills"


def test_a_retired_factor_names_its_successor(load):
    made, findings = load(
        vocabulary=VOCABULARY.replace(
            "      rollout:\n",
            "      old:\n        label: Old\n        description: Retired\n"
            "        replaced_by: change.rollout\n      rollout:\n",
            1,
        )
    )
    assert findings == []
    assert made.vocabulary.factors["change.old"].replaced_by == "change.rollout"


EXTENSION = "extensions:\n  x-acme.tills:\n    label: T\n    description: D\n    parent: {}\n"


@pytest.mark.parametrize(
    ("files", "place", "code", "message", "help_text"),
    [
        (
            {"policy": POLICY.replace("team: platform", "team: platfrom")},
            ("schemas/policy.yaml", 13, 11),
            "S118",
            "`payments` belongs to `platfrom`, which is not listed under `teams`",
            "did you mean `platform`?",
        ),
        (
            {"policy": POLICY.replace("team: platform", "team: zzz")},
            ("schemas/policy.yaml", 13, 11),
            "S118",
            "belongs to `zzz`",
            "add the team under `teams`",
        ),
        (
            {"policy": POLICY.replace("at_or_above: sev4", "at_or_above: sev3")},
            ("schemas/policy.yaml", 8, 16),
            "S118",
            "the review threshold `sev3` is not one of the severities",
            "did you mean",
        ),
        (
            {"policy": POLICY.replace("at_or_above: sev4", "at_or_above: high")},
            ("schemas/policy.yaml", 8, 16),
            "S118",
            "the review threshold `high` is not one of the severities",
            "one of: sev1, sev2, sev4",
        ),
        (
            {"policy": POLICY.replace("id: sev2", "id: none")},
            ("schemas/policy.yaml", 5, 10),
            "S113",
            "`severities[2].id` is `none`, which has the wrong format",
            "Such as sev1, P1 or critical",
        ),
        (
            {"policy": POLICY.replace("id: sev2", "id: sev1").replace("sev4", "sev1", 0)},
            ("schemas/policy.yaml", 5, 10),
            "S118",
            "the severity `sev1` is listed twice",
            "worst first",
        ),
        (
            {"policy": POLICY.replace("id: sev2", "id: SEV1")},
            ("schemas/policy.yaml", 5, 10),
            "S118",
            "the severity `SEV1` is listed twice",
            "upper and lower case make no difference",
        ),
        (
            {"policy": POLICY.replace("teams:\n", "teems:\n")},
            ("schemas/policy.yaml", 16, 1),
            "S110",
            "unknown key `teems`",
            "did you mean `teams`?",
        ),
        (
            {"policy": POLICY + "x-own: 1\n"},
            ("schemas/policy.yaml", 21, 1),
            "S110",
            "unknown key `x-own`",
            "known here",
        ),
        (
            {"policy": POLICY.replace("  payments:\n", "  Payments API:\n")},
            ("schemas/policy.yaml", 11, 3),
            "S113",
            "the key `Payments API` has the wrong format",
            "",
        ),
        (
            {"policy": POLICY.replace("organisation: Example Bank\n", "")},
            ("schemas/policy.yaml", 1, 1),
            "S115",
            "has no `organisation`",
            "add `organisation`: text",
        ),
        (
            {"policy": POLICY.replace("within_days: 3", "within_days: 0")},
            ("schemas/policy.yaml", 9, 16),
            "S114",
            "the minimum is 1",
            "",
        ),
        ({"policy": "schema: [\n"}, ("schemas/policy.yaml", 1, 10), "S103", "is not closed", ""),
        ({"policy": "- a\n"}, ("schemas/policy.yaml", 1, 1), "S102", "not a mapping", ""),
        ({"policy": ""}, ("schemas/policy.yaml", 1, 1), "S115", "has no", ""),
        ({"policy": b"\xff"}, ("schemas/policy.yaml", 1, 1), "S101", "not UTF-8", ""),
        (
            {"vocabulary": VOCABULARY + EXTENSION.format("change.rolout")},
            ("schemas/vocabulary.yaml", VOCABULARY.count("\n") + 5, 13),
            "S118",
            "`x-acme.tills` has the parent `change.rolout`, which is not a factor",
            "did you mean `change.rollout`",
        ),
        (
            {"vocabulary": VOCABULARY + EXTENSION.format("change")},
            ("schemas/vocabulary.yaml", VOCABULARY.count("\n") + 5, 13),
            "S118",
            "`change`, which is not a factor",
            "name a factor",
        ),
        (
            {"vocabulary": VOCABULARY + EXTENSION.format("x-acme.tills")},
            ("schemas/vocabulary.yaml", VOCABULARY.count("\n") + 5, 13),
            "S118",
            "which is itself an extension",
            "stay comparable",
        ),
        (
            {"vocabulary": VOCABULARY + EXTENSION.format("change.rollout").replace("x-acme.tills", "acme.tills")},
            ("schemas/vocabulary.yaml", VOCABULARY.count("\n") + 2, 3),
            "S113",
            "the key `acme.tills` has the wrong format",
            "",
        ),
        (
            {"vocabulary": VOCABULARY.replace("    dimension: process\n", "    dimension: proces\n", 1)},
            (
                "schemas/vocabulary.yaml",
                VOCABULARY[: VOCABULARY.index("    dimension: process\n")].count("\n") + 1,
                16,
            ),
            "S118",
            "the dimension `proces` is not listed under `dimensions`",
            "did you mean `process`?",
        ),
        (
            {"vocabulary": VOCABULARY + EXTENSION.format("change.rollout\n    replaced_by: zzz")},
            ("schemas/vocabulary.yaml", VOCABULARY.count("\n") + 6, 18),
            "S118",
            "`x-acme.tills` is replaced by `zzz`, which is not a factor",
            "name a factor",
        ),
        (
            {"requirements": "schema: 1\nrequirements:\n  - {code: Q1, field: title, why: x}\n"},
            ("schemas/requirements.yaml", 3, 12),
            "S113",
            "`requirements[1].code` is `Q1`",
            "Q and two digits",
        ),
        (
            {"incident_schema": '{\n "type": "object",\n'},
            ("schemas/incident.schema.json", 1, 1),
            "S118",
            "this is not a JSON Schema",
            "",
        ),
        ({"policy_schema": "[]"}, ("schemas/policy.schema.json", 1, 1), "S118", "it is not an object", ""),
        ({"policy_schema": b"\xff"}, ("schemas/policy.schema.json", 1, 1), "S118", "can't decode byte", ""),
    ],
)
def test_a_faulty_convention_is_told_with_its_place(load, files, place, code, message, help_text):
    made, findings = load(**files)
    assert made is None
    finding = findings[0]
    assert (finding.path, finding.line, finding.column) == place, finding
    assert finding.code == code
    assert message in finding.message
    assert help_text in finding.help


def test_faults_of_several_files_are_told_together(load):
    made, findings = load(policy="zzz: 1\n" + POLICY, vocabulary="zzz: 1\n" + VOCABULARY)
    assert made is None
    assert {finding.path for finding in findings} == {"schemas/policy.yaml", "schemas/vocabulary.yaml"}


def test_a_file_that_can_not_be_read_is_a_finding(load, monkeypatch):
    read_bytes = Path.read_bytes

    def refuse(path):
        if path.name == "policy.yaml":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    made, (finding,) = load(policy=POLICY)
    assert made is None
    assert (finding.path, finding.code) == ("schemas/policy.yaml", "S101")
    assert "Permission denied" in finding.message


@pytest.mark.parametrize("start", [".", "incidents", "incidents/2026", "schemas"])
def test_the_knowledge_base_is_found_upwards(knowledge_base, start):
    base = knowledge_base({"incidents/2026/x.md": "", "schemas/policy.yaml": POLICY})
    assert find_knowledge_base(base.root / start) == KnowledgeBase(base.root.resolve())


def test_a_folder_without_incidents_is_no_knowledge_base(tmp_path):
    (tmp_path / "incidents").write_text("a file")
    assert find_knowledge_base(tmp_path) is None


def test_files_are_named_from_the_root(knowledge_base, tmp_path_factory):
    base = knowledge_base({"incidents/a.md": ""})
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.md"
    assert base.shown(base.incidents / "a.md") == "incidents/a.md"
    assert base.shown(elsewhere) == elsewhere.as_posix()
    link = base.incidents / "link.md"
    link.symlink_to(base.incidents / "a.md")
    assert (base.shown(link), base.shown_link(link)) == ("incidents/a.md", "incidents/link.md")


def test_a_link_in_a_circle_still_has_a_name(knowledge_base):
    base = knowledge_base()
    link = base.incidents / "a.md"
    link.symlink_to(link)
    assert base.shown(link) == "incidents/a.md"
