"""`postmortems precedents`: a checklist before a change, the same as its page has."""

from __future__ import annotations

import json

import pytest

from sites import REPOSITORY

DEMO = REPOSITORY / "tests/corpora/demo"


@pytest.fixture
def demo(monkeypatch):
    monkeypatch.chdir(DEMO)


def test_all_kinds_are_listed_in_plain_words(run, demo):
    lines = run("precedents", "--audience", "public").output.splitlines()
    assert lines[1].startswith("- `config-change`: ")
    assert lines[1].endswith(" (5 incidents)")
    assert len(lines) == 13
    found = json.loads(run("precedents", "--output-format", "json").output)
    assert {"trigger": "config-change", "label": "Configuration change", "incidents": 6} in found


def test_a_checklist_as_markdown(run, demo):
    text = run("precedents", "--trigger", "config-change").output
    lines = text.splitlines()
    assert lines[0].startswith("## ")
    assert "6 incidents (Thistlewharf (made up))" in lines[2]
    assert len([line for line in lines if line.startswith("### ")]) == 5
    items = [line for line in lines if line.startswith("- [ ] ")]
    assert items[0].startswith("- [ ] **Configuration validation** (3 of 6): ")
    assert all(line.endswith(")") and "(Thistlewharf (made up), 202" in line for line in items)
    assert sum(line.startswith("- Thistlewharf (made up), ") for line in lines) == 6


def test_only_for_a_service(run, demo):
    of_kind = json.loads(run("precedents", "--trigger", "expiry", "--output-format", "json").output)
    found = json.loads(
        run("precedents", "--trigger", "expiry", "--service", "dispatch", "--output-format", "json").output
    )
    ids = [entry["id"] for entry in found["incidents"]]
    assert ids == [
        "2026-07-16-carrier-api-key",
        "2025-02-09-carrier-labels",
        "2024-10-02-scanner-licence",
        "2023-11-21-carrier-certificate",
    ]
    assert (len(of_kind["incidents"]), found["services"]) == (10, ["dispatch"])
    assert list(found) == ["trigger", "label", "services", "incidents", "wrong", "longer", "helped", "changed"]
    assert found["wrong"][0]["factor"] == "infrastructure.expiry"
    assert found["wrong"][0]["incidents"] == 4
    text = run("precedents", "--trigger", "expiry", "--service", "dispatch", "--service", "search").output
    title, _, source = text.splitlines()[:3]
    assert title.endswith(" (dispatch, search)")
    assert "5 incidents" in source


def test_a_service_of_others_by_its_organisation(run, monkeypatch):
    monkeypatch.chdir(REPOSITORY)
    text = run("precedents", "--trigger", "config-change", "--service", "Roblox/consul").output
    assert "From 1 incident (Roblox)." in text
    result = run("precedents", "--trigger", "config-change", "--service", "consul")
    assert result.exit_code == 2
    assert "did you mean `Roblox/consul`?" in result.output


def test_nothing_of_a_kind(run, demo):
    result = run("precedents", "--trigger", "performance-decay")
    assert (result.exit_code, result.stdout) == (
        0,
        "## Something slows down, leaks or fills up\n\nNo incident here began this way.\n",
    )
    result = run("precedents", "--trigger", "config-change", "--service", "payments")
    assert "No incident here began this way." in result.stdout
    assert "6 incidents of this kind affected other services" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--trigger", "config-chnage"], "did you mean `config-change`?"),
        (["--trigger", "nonsense"], "expected one of: deploy, config-change"),
        (["--trigger", "deploy", "--service", "chekout"], "did you mean `checkout`?"),
        (["--service", "checkout"], "needs a --trigger"),
    ],
)
def test_wrong_use(run, demo, arguments, told):
    result = run("precedents", *arguments)
    assert result.exit_code == 2
    assert told in result.output


def test_what_the_audience_may_not_see_is_not_told(run, base, write, sound):
    write("incidents/2026/2026-03-03-checkout-cards.md", sound.replace("tlp: CLEAR", "tlp: AMBER"))
    assert "From 1 incident" in run("precedents", "--trigger", "deploy").output
    assert "No incident" in run("precedents", "--trigger", "deploy", "--audience", "public").output


def test_texts_of_records_do_not_act(run, base, write, sound):
    text = sound.replace(
        "every host took the version at once",
        "<b>x</b> [a](http://evil.example) `c` *d* snake_case _e_",
    )
    write("incidents/2026/2026-03-03-checkout-cards.md", text)
    output = run("precedents", "--trigger", "deploy").output
    assert r"&lt;b>x&lt;/b> \[a\](http://evil.example) \`c\` \*d\* snake_case \_e\_" in output


def test_in_the_language_of_the_policy(run, base, write):
    write("incidents/2026/2026-03-03-checkout-cards.md")
    policy = base / "schemas/policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8") + "\nlanguage: de\n", encoding="utf-8")
    text = run("precedents", "--trigger", "deploy").output
    assert text.startswith("## Eine neue Version ausrollen\n")
    assert "### Was schiefging" in text
