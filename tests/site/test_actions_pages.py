"""Follow-through and Did it work?: what they say of no, few and many actions, and what an incident's page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from site_bench import render_all

from postmortems.rendering.figures import _ACTIONS_LISTED
from sites import incident

if TYPE_CHECKING:
    from site_bench import MakeTree

    from sites import Node

PLAIN = {"id": "A1", "title": "Mend it", "owner": "platform", "due": "2026-05-20", "done_when": "It holds."}
DONE = {"status": "done", "closed": "2026-05-10", "evidence": ["https://example.org/1"]}
VERIFY = {"metric": "count", "factor": "change.rollout", "from": "2026-05-11", "months": 3, "expect": "fewer"}
NAME = "incidents/2026/2026-03-31-checkout.md"


def with_actions(*actions: dict[str, Any], **changes: Any) -> str:
    return incident({"actions": list(actions), "no_actions_reason": None} | changes)


def page(tree: MakeTree, uri: str, *actions: dict[str, Any], **changes: Any) -> Node:
    record = with_actions(*actions, **changes) if actions else incident(changes)
    return render_all(tree({NAME: record}))[uri].node


def finding(node: Node) -> str:
    return node.texts("//p[@class='pm-finding']")[0]


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


class TestFollowThrough:
    URI = "follow-through/index.md"

    def test_no_records(self, tree: MakeTree):
        told = finding(render_all(tree({}))[self.URI].node)
        assert "no incidents of its own" in told

    def test_retold_incidents_only(self, tree: MakeTree):
        retold = {
            "provenance": "public-report",
            "organisation": "Someone else",
            "sources": [{"url": "https://example.org/", "kind": "primary"}],
        }
        shown = page(tree, self.URI, {**PLAIN, "status": "open"}, **retold)
        assert "no incidents of its own" in finding(shown)
        assert "Mend it" not in shown.text()

    def test_no_action(self, tree: MakeTree):
        shown = page(tree, self.URI)
        assert "No action" in finding(shown)
        assert numbers(finding(shown)) == [1]

    def test_one_that_is_overdue(self, tree: MakeTree):
        shown = page(tree, self.URI, PLAIN)
        agreed, still_open, overdue, days, due, in_time = numbers(finding(shown))
        assert (agreed, still_open, overdue, days) == (1, 1, 1, 12)
        assert (due, in_time) == (1, 0)
        assert "Platform team" in shown.text()
        assert shown.all("//figure") == []

    def test_all_are_done(self, tree: MakeTree):
        shown = page(tree, self.URI, {**PLAIN, **DONE})
        assert finding(shown).startswith("None of 1 action")
        assert "Nothing is open." in shown.text()

    def test_all_were_given_up(self, tree: MakeTree):
        shown = page(tree, self.URI, {**PLAIN, "status": "declined", "reason": "No."})
        assert "declined or superseded" in shown.text()

    def test_nobodys(self, tree: MakeTree):
        ownerless = {name: value for name, value in PLAIN.items() if name not in {"owner", "due"}}
        assert "nobody" in page(tree, self.URI, ownerless).texts("//table[1]//tbody/tr/th")

    def test_without_a_history_it_says_so(self, tree: MakeTree):
        assert "Git history" in page(tree, self.URI, PLAIN).text()

    def test_many_that_were_done_after_as_long(self, tree: MakeTree):
        """Where all were done on one day, the curve falls in a single step, and nothing bounds it from below."""
        files = {
            NAME.replace("checkout", f"no-{n}"): with_actions({**PLAIN, **DONE, "opened": "2026-04-01"})
            for n in range(40)
        }
        shown = render_all(tree(files))[self.URI].node
        assert shown.texts("//tr[th='Priority: not stated']/td")[-1] == "39 days 0 days or more"

    def test_long_lists_are_cut(self, tree: MakeTree):
        many = [PLAIN | {"id": f"A{n}", "title": f"Mend part {n}"} for n in range(_ACTIONS_LISTED + 1)]
        files = {NAME.replace("checkout", f"no-{n}"): with_actions(*many[n::5]) for n in range(5)}
        shown = render_all(tree(files))[self.URI].node
        assert max(len(items.findall("li")) for items in shown.of_class("pm-behind")) == _ACTIONS_LISTED + 1
        assert len(shown.all("//h3[@id='pressing']/following::table[1]/tbody/tr")) == 50
        assert "first 50" in shown.text()


class TestDidItWork:
    URI = "did-it-work/index.md"

    def test_no_records(self, tree: MakeTree):
        assert "no incidents of its own" in finding(render_all(tree({}))[self.URI].node)

    def test_nothing_is_declared(self, tree: MakeTree):
        assert finding(page(tree, self.URI, PLAIN)).startswith("No action is closed")
        assert "no success measure" in finding(page(tree, self.URI, {**PLAIN, **DONE}))

    def test_one_that_is_running(self, tree: MakeTree):
        shown = page(tree, self.URI, {**PLAIN, **DONE, "verify": VERIFY})
        assert shown.texts("//*[contains(@class, 'pm-verdict ')]") == ["Not enough data yet"]
        assert "23 %" in shown.text()
        assert "No comparison" in shown.text()

    def test_one_that_is_not_done(self, tree: MakeTree):
        shown = page(tree, self.URI, {**PLAIN, "verify": VERIFY})
        assert shown.texts("//*[contains(@class, 'pm-verdict ')]") == ["Too early"]
        assert "not done" in shown.text()

    def test_one_that_was_given_up(self, tree: MakeTree):
        given_up = {**PLAIN, "status": "declined", "reason": "No.", "verify": VERIFY}
        assert finding(page(tree, self.URI, given_up)).startswith("No action is closed")

    def test_an_owner_who_says_what_the_figures_do_not(self, tree: MakeTree):
        result = {"verdict": "effective", "note": "It rang 17 times."}
        shown = page(tree, self.URI, {**PLAIN, **DONE, "verify": VERIFY, "result": result})
        assert "It rang 17 times." in shown.text()


class TestIncident:
    URI = NAME

    @pytest.mark.parametrize(
        ("verify", "told"),
        [
            (VERIFY, "by whether there are fewer incidents, with the factor Rollout: 3 months before and after"),
            (
                {"metric": "ttd", "service": "checkout", "from": "2026-05-11", "months": 1, "expect": "shorter"},
                "by whether time to detect gets shorter, of incidents on Checkout: 1 month before and after",
            ),
        ],
    )
    def test_how_one_will_tell(self, tree: MakeTree, verify: dict[str, Any], told: str):
        shown = page(tree, self.URI, {**PLAIN, "verify": verify, "aim": "prevent-future", "output": "alert"})
        assert f"To be judged {told}" in shown.text()
        assert {"prevent", "intermediate"} <= set(re.findall(r"\w+", shown.text()))
        (link,) = shown.all("//a[text()='What came of it']")
        assert link.get("href") == "/did-it-work/index.md#2026-03-31-checkout-a1"

    def test_the_link_leads_to_an_entry(self, tree: MakeTree):
        shown = page(tree, TestDidItWork.URI, {**PLAIN, "verify": VERIFY})
        assert "2026-03-31-checkout-a1" in shown.ids

    def test_of_others_nothing_is_compared(self, tree: MakeTree):
        shown = page(tree, self.URI, {**PLAIN, "verify": VERIFY}, organisation="Someone else")
        assert "To be judged" in shown.text()
        assert shown.all("//a[text()='What came of it']") == []
