"""H rules beyond their cases: bytes that can't be read, messages, and what else the library holds."""

from __future__ import annotations

import pytest
from rule_bench import AS_OF, SMALL, codes, conventions, judge_change, with_fields, without_fields

from postmortems.corpus import Audience, Library
from postmortems.findings import Severity
from postmortems.history import History, read_earlier
from postmortems.record import read_postmortem
from postmortems.rules import RULES, judge

PATH = "incidents/2026/2026-03-31-case.md"
AMENDED = """\
amended:
  - date: 2026-04-20
    what: The start was corrected.
    why: The log of the gateway shows it.
"""


def with_actions(*actions: str) -> str:
    return with_fields(without_fields(SMALL, "no_actions_reason"), "actions:\n" + "".join(actions))


def action(number: int = 1, title: str = "Alarm three weeks before a certificate ends", **fields: str) -> str:
    values = {"owner": "platform", "due": "2026-04-30", "done_when": "the alarm fired once"} | fields
    lines = [
        f"  - id: A{number}",
        f"    title: {title}",
        *(f"    {key}: {value}" for key, value in values.items()),
    ]
    return "\n".join(lines) + "\n"


def history_of(earlier: dict[str, str], changed: tuple[str, ...] = ()) -> History:
    """A history in which these files of the base are gone, and those paths are new."""
    records = [read_earlier(path, text.encode(), conventions()) for path, text in earlier.items()]
    return History(
        "origin/main", {record.id: record for record in records}, frozenset(changed), frozenset(earlier)
    )


@pytest.mark.parametrize("code", ["H01", "H02"])
def test_examples_of_a_rule_hold(code: str):
    before = {"H01": SMALL, "H02": with_actions(action())}[code]
    for example, expected in ((RULES[code].bad, [code]), (RULES[code].good, [])):
        assert codes(judge_change(before, with_fields(before, example))) == expected


def test_without_a_base_nothing_is_compared():
    reading = read_postmortem(PATH, SMALL.encode(), conventions())
    assert judge(Library((reading,), ()), conventions(), AS_OF) == []


def test_a_lost_action_is_told_by_its_title():
    found = judge_change(with_actions(action(1), action(2, "Rehearse the failover")), with_actions(action(1)))
    assert [f.message for f in found] == ["action A2 was removed: “Rehearse the failover”"]
    assert "`declined` or `superseded`" in found[0].help


def test_a_lost_action_under_another_id_is_to_have_its_own_back():
    found = judge_change(with_actions(action(1)), with_actions(action(7)))
    assert codes(found) == ["H01"]
    assert found[0].help == "A7 has its title: rename it back to A1"


def test_a_long_title_is_told_in_short():
    found = judge_change(with_actions(action(1, "Alarm " * 40)), with_actions(action(2)))
    assert len(found[0].message) < 150


@pytest.mark.parametrize(
    ("title", "fields", "expected"),
    [
        ("Rehearse the failover to the second gateway", {"owner": "incident-manager"}, ["H01"]),
        ("Rehearse the failover to the second gateway", {"opened": "2026-05-20", "due": "2026-06-30"}, ["H01"]),
        # An action may be put into other words, or change hands.
        ("Rehearse the failover to the second gateway", {}, []),
        ("Alarm 21 days before any certificate ends", {"owner": "incident-manager"}, []),
        ("Alarm three weeks before a certificate ends", {"owner": "incident-manager"}, []),
        ("Alarm three weeks before a certificate ends", {"opened": "2026-03-31"}, []),
    ],
)
def test_an_id_is_reused_where_title_and_owner_or_date_are_others(title: str, fields: dict, expected: list[str]):
    found = judge_change(with_actions(action()), with_actions(action(1, title, **fields)))
    assert [code for code in codes(found) if code == "H01"] == expected


def test_a_reused_id_is_no_moved_date():
    other = action(1, "Rehearse the failover", owner="incident-manager", due="2026-06-30")
    assert codes(judge_change(with_actions(action()), with_actions(other))) == ["H01"]


def test_actions_that_change_places_keep_their_ids():
    one, two = action(1), action(2, "Rehearse the failover")
    assert judge_change(with_actions(one, two), with_actions(two, one)) == []


def test_all_changed_times_are_told_at_the_first():
    after = (
        SMALL.replace("10:12Z", "09:58Z")
        .replace("10:55Z", "10:56Z")
        .replace("  contained: 2026-03-31T10:50Z\n", "")
    )
    found = [f for f in judge_change(SMALL, after) if f.code == "H01"]
    assert [(f.line, f.column, f.end_column) for f in found] == [(13, 12, 29)]
    assert found[0].message.endswith(
        ": `times.started` was 2026-03-31T10:12Z, `times.contained` was 2026-03-31T10:50Z and was removed, "
        "`times.recovered` was 2026-03-31T10:55Z"
    )


@pytest.mark.parametrize(
    "form",
    [
        "2026-03-31T10:12:00Z",
        "2026-03-31",
        "\n    at: 2026-03-31T10:12Z\n    estimated: true",
        "\n    at: 2026-03-31T10:12Z\n    estimated: true\n    within: 15m",
    ],
    ids=["to the second", "to the day", "an estimate", "within a margin"],
)
def test_how_well_a_time_is_known_is_part_of_it(form: str):
    after = SMALL.replace("started: 2026-03-31T10:12Z", f"started: {form}")
    assert "H01" in codes(judge_change(SMALL, after))
    assert "H01" not in codes(judge_change(SMALL, with_fields(after, AMENDED)))
    assert "H01" not in codes(judge_change(after, after))


def test_times_of_what_was_in_review_may_change():
    before = without_fields(SMALL.replace("status: published", "status: in-review"), "published")
    assert "H01" not in codes(judge_change(before, SMALL.replace("10:12Z", "09:58Z")))


@pytest.mark.parametrize(
    "broken",
    [
        SMALL.replace("severity: sev4", "severity: sev99"),
        SMALL.replace("schema: 1", "schema: 1\nmystery: 2"),
        SMALL.replace("factors:", "factor:"),
    ],
    ids=["value", "key", "misspelt"],
)
def test_what_no_schema_would_pass_is_compared_all_the_same(broken: str):
    assert codes(judge_change(broken, SMALL.replace("10:12Z", "09:58Z"))) == ["H01"]


def test_a_time_that_was_none_is_not_compared():
    broken = SMALL.replace("started: 2026-03-31T10:12Z", "started: 2026-03-31T10:12")
    assert judge_change(broken, SMALL) == []
    assert judge_change(SMALL.replace("detected: 2026-03-31T10:20Z", "detected: [soon]"), SMALL) == []


@pytest.mark.parametrize(
    "broken", [b"\xff\xfe", b"no front matter", b"---\na: [\n---\n"], ids=["bytes", "text", "YAML"]
)
def test_what_could_not_be_read_is_noted_and_passed_over(broken: bytes):
    found = judge_change(broken, SMALL)
    assert [(f.code, f.severity, f.line, f.column) for f in found] == [("H01", Severity.INFO, 1, 1)]
    assert "origin/main" in found[0].message
    deleted = judge_change(broken, None)
    assert [(f.code, f.severity, f.line, f.column) for f in deleted] == [("H01", Severity.INFO, 1, 1)]


def test_raw_values_of_the_wrong_kind_are_passed_over():
    weird = "---\nstatus: published\ntimes: 5\nactions: {a: b}\namended: x\ntrigger: [1]\n---\n"
    assert judge_change(weird, SMALL) == []
    assert judge_change(weird.replace("{a: b}", "[x, {id: A1}, {title: y}]"), SMALL)[0].message.endswith(
        "removed: “”"
    )


def test_a_record_at_another_place_is_not_deleted():
    for place in ("incidents/2025/2026-03-31-case.md", "incidents/2026/2026-03-31-case/index.md"):
        reading = read_postmortem(place, SMALL.encode(), conventions())
        assert (
            judge(Library((reading,), ()), conventions(), AS_OF, history=history_of({PATH: SMALL}, (place,))) == []
        )


def test_a_record_at_another_place_is_still_compared():
    place = "incidents/2025/2026-03-31-case.md"
    reading = read_postmortem(place, SMALL.replace("10:12Z", "09:58Z").encode(), conventions())
    found = judge(Library((reading,), ()), conventions(), AS_OF, history=history_of({PATH: SMALL}, (place,)))
    assert [(f.path, f.line, f.code) for f in found] == [(place, 13, "H01")]


def test_a_deleted_record_is_found_where_it_was():
    found = judge(Library((), ()), conventions(), AS_OF, history=history_of({PATH: SMALL}))
    assert [(f.path, f.line, f.column, f.code, f.severity) for f in found] == [(PATH, 1, 1, "H01", Severity.ERROR)]
    assert found[0].message == "the published post-mortem `2026-03-31-case` was deleted"
    assert "status: withdrawn" in found[0].help


@pytest.mark.parametrize(
    ("before", "after", "audience", "is_named"),
    [
        ("CLEAR", "CLEAR", Audience.PUBLIC, True),
        ("AMBER", "AMBER", Audience.PUBLIC, False),
        ("AMBER", "AMBER", Audience.ORGANISATION, True),
        ("AMBER", "AMBER", None, True),
        ("CLEAR", "AMBER", Audience.PUBLIC, False),
    ],
)
def test_another_slug_is_another_id(before: str, after: str, audience: Audience | None, is_named: bool):
    place = "incidents/2026/2026-03-31-certificate.md"
    reading = read_postmortem(place, SMALL.replace("tlp: CLEAR", f"tlp: {after}").encode(), conventions())
    history = history_of({PATH: SMALL.replace("tlp: CLEAR", f"tlp: {before}")}, (place,))
    found = judge(Library((reading,), ()), conventions(), AS_OF, audience=audience, history=history)
    assert [(f.path, f.code) for f in found] == [(PATH, "H01")]
    assert ("2026-03-31-certificate" in found[0].message) is is_named
    assert "2026-03-31-case" in found[0].message


def test_only_what_is_asked_for_is_told():
    history = history_of({PATH: SMALL})
    for only, expected in (({PATH}, ["H01"]), ({"incidents/2026/2026-04-01-other.md"}, [])):
        assert codes(judge(Library((), ()), conventions(), AS_OF, only=only, history=history)) == expected


def test_a_record_that_can_not_be_read_today_is_not_deleted():
    reading = read_postmortem(PATH, b"---\n", conventions())
    found = judge(Library((reading,), ()), conventions(), AS_OF, history=history_of({}, (PATH,)))
    assert codes(found) == ["S102"]
