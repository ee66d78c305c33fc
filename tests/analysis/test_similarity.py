"""What stands beside a post-mortem: an editor's word first, then repeats, then what is like it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.related.related_incidents import MOST, Neighbour, Similarity
from postmortems.corpus import Audience, Corpus

if TYPE_CHECKING:
    from postmortems.conventions import Conventions
    from postmortems.record import Postmortem
    from sites import MakeRecord

Beside = Callable[..., Similarity]

OTHER = {
    "title": "Gazebo",
    "summary": "Marzipan.",
    "factors": ["external.legal-constraint: gazebo -> marzipan"],
    "lessons": ["improve: Gazebo."],
    "services": ["garden"],
    "trigger": "external-event",
}


@pytest.fixture
def beside(example_bank: Conventions) -> Beside:
    def make(*records: Postmortem, tombstones: tuple[Postmortem, ...] = ()) -> Similarity:
        newest_first = tuple(sorted(records, key=lambda record: record.id, reverse=True))
        return Similarity(Corpus(Audience.PUBLIC, newest_first, tombstones), example_bank.vocabulary)

    return make


def ids(neighbours: tuple[Neighbour, ...]) -> list[str]:
    return [neighbour.record.id for neighbour in neighbours]


def started(day: str) -> dict[str, Any]:
    return {"times": {"started": f"{day}T10:12Z", "recovered": f"{day}T10:55Z"}}


def fixed(day: str, closed: str | None, **changes: Any) -> dict[str, Any]:
    """A record with an action on its rollout, closed on a day or open."""
    action = {
        "id": "A1",
        "title": "Release to one host first",
        "owner": "platform",
        "due": "2027-01-01",
        "done_when": "It is so.",
        "addresses": ["F1"],
    }
    state = (
        {"status": "done", "closed": closed, "evidence": ["https://x.example"]} if closed else {"status": "open"}
    )
    return started(day) | {"no_actions_reason": None, "actions": [action | state]} | changes


def test_related_ones_come_first_as_what_they_are(record: MakeRecord, beside: Beside) -> None:
    related = [{"id": "2026-01-02-garden", "as": "caused-by"}, "2026-01-01-garden"]
    one = record({"related": related}, "2026-03-01-one")
    others = [record(OTHER, f"2026-01-0{day}-garden") for day in (1, 2)]
    like = record(name="2026-02-01-like")
    found = beside(one, like, *others).beside(one).neighbours
    assert [(entry.record.id, entry.relation) for entry in found] == [
        ("2026-01-02-garden", "caused-by"),
        ("2026-01-01-garden", "see"),
        ("2026-02-01-like", ""),
    ]
    assert [entry.likeness is not None for entry in found] == [False, False, True]


def test_what_an_editor_says_is_not_related_is_never_shown_on_either(record: MakeRecord, beside: Beside) -> None:
    one, two = record(name="2026-03-01-one"), record(name="2026-02-01-two")
    assert ids(beside(one, two).beside(one).neighbours) == [two.id]
    denied = record({"not_related": [two.id]}, one.id)
    made = dict(beside(denied, two).neighbourhoods())
    assert made[one.id].neighbours == made[two.id].neighbours == ()


def test_not_related_wins_over_related_and_over_repeats(record: MakeRecord, beside: Beside) -> None:
    one = record({"related": ["2026-02-01-two"]}, "2026-03-01-one")
    two = record({"not_related": [one.id]}, "2026-02-01-two")
    made = dict(beside(one, two).neighbourhoods())
    assert [(found.neighbours, found.referring) for found in made.values()] == [((), ()), ((), ())]

    earlier = record(fixed("2026-01-01", "2026-01-10", not_related=["2026-03-01-one"]), "2026-01-01-earlier")
    later = record(started("2026-03-01"), "2026-03-01-one")
    assert beside(earlier, later).beside(later).neighbours == ()


def test_back_links_stand_apart_and_not_among_the_similar(record: MakeRecord, beside: Beside) -> None:
    one = record(name="2026-01-01-one")
    later = [record({"related": [{"id": one.id, "as": kind}]}, f"2026-02-0{day}-x") for day, kind in
             ((1, "see"), (2, "repeats"))]  # fmt: skip
    found = beside(one, *later).beside(one)
    assert found.neighbours == ()
    assert [(referral.record.id, referral.relation) for referral in found.referring] == [
        ("2026-02-02-x", "repeats"),
        ("2026-02-01-x", "see"),
    ]


def test_one_that_is_related_both_ways_stands_once(record: MakeRecord, beside: Beside) -> None:
    one = record({"related": ["2026-01-02-two"]}, "2026-01-01-one")
    two = record({"related": [one.id]}, "2026-01-02-two")
    found = beside(one, two).beside(one)
    assert (ids(found.neighbours), found.referring) == ([two.id], ())


def test_of_many_that_refer_the_newest_and_their_number(record: MakeRecord, beside: Beside) -> None:
    one = record(name="2026-01-01-one")
    many = [record({"related": [one.id]}, f"2026-02-{day:02}-x") for day in range(1, 21)]
    found = beside(one, *many).beside(one)
    assert len(found.referring) == 10
    assert found.referring[0].record.id == "2026-02-20-x"
    assert found.referring_count == 20


def test_a_withdrawn_one_is_shown_only_where_an_editor_names_it(record: MakeRecord, beside: Beside) -> None:
    gone = record({"status": "withdrawn"}, "2026-01-01-gone")
    naming, silent = record({"related": [gone.id]}, "2026-03-01-one"), record(name="2026-03-01-one")
    assert ids(beside(naming, tombstones=(gone,)).beside(naming).neighbours) == [gone.id]
    assert beside(silent, tombstones=(gone,)).beside(silent).neighbours == ()


def test_a_related_one_that_is_not_here_is_left_out(record: MakeRecord, beside: Beside) -> None:
    one = record({"related": ["2020-01-01-elsewhere"]}, "2026-03-01-one")
    assert beside(one).beside(one).neighbours == ()


def test_repeats_stand_before_the_similar_with_the_action(record: MakeRecord, beside: Beside) -> None:
    after = record(fixed("2026-01-01", "2026-01-20") | {"title": "Gazebo"}, "2026-01-01-after")
    before = record(fixed("2026-02-01", None) | {"title": "Marzipan"}, "2026-02-01-before")
    like = record(started("2026-02-15"), "2026-02-15-like")
    one = record(started("2026-03-01"), "2026-03-01-one")
    found = beside(after, before, like, one).beside(one).neighbours
    assert ids(found) == [after.id, before.id, like.id]
    assert [[(repeat.action.id, repeat.after_fix) for repeat in entry.repeats] for entry in found] == [
        [("A1", True)],
        [("A1", False)],
        [],
    ]


def test_the_earlier_one_tells_that_it_was_repeated(record: MakeRecord, beside: Beside) -> None:
    earlier = record(fixed("2026-01-01", "2026-01-20"), "2026-01-01-earlier")
    later = record(started("2026-03-01"), "2026-03-01-later")
    [entry] = beside(earlier, later).beside(earlier).neighbours
    assert (entry.record.id, entry.earlier) == (later.id, False)
    assert [(repeat.record.id, repeat.earlier.id) for repeat in entry.repeats] == [(later.id, earlier.id)]


def test_an_editors_repeat_needs_no_shared_service(record: MakeRecord, beside: Beside) -> None:
    earlier = record(fixed("2026-01-01", "2026-01-20", services=["payments"]), "2026-01-01-earlier")
    stated = {"related": [{"id": earlier.id, "as": "repeats"}]}
    later = record(started("2026-03-01") | stated, "2026-03-01-later")
    [entry] = beside(earlier, later).beside(later).neighbours
    assert (entry.relation, len(entry.repeats)) == ("repeats", 1)
    silent = record(started("2026-03-01"), "2026-03-01-later")
    [entry] = beside(earlier, silent).beside(silent).neighbours
    assert (entry.relation, entry.repeats) == ("", ())


def test_at_most_five_but_all_that_are_related(record: MakeRecord, beside: Beside) -> None:
    others = [record(name=f"2026-01-{day:02}-x") for day in range(1, 10)]
    one = record(name="2026-03-01-one")
    assert len(beside(one, *others).beside(one).neighbours) == MOST == 5
    related = record({"related": [other.id for other in others[:7]]}, one.id)
    assert ids(beside(related, *others).beside(related).neighbours) == [other.id for other in others[:7]]
    assert len(beside(one, *others).beside(one, 8).neighbours) == 8


def test_a_draft_that_is_in_no_corpus(record: MakeRecord, beside: Beside) -> None:
    draft = record({"status": "draft"} | started("2026-03-01"), "2026-03-01-draft")
    earlier = record(fixed("2026-01-01", None), "2026-01-01-earlier")
    [entry] = beside(earlier).beside(draft).neighbours
    assert entry.record is earlier
    assert [repeat.after_fix for repeat in entry.repeats] == [False]


def test_maintenance_has_only_what_is_related(record: MakeRecord, beside: Beside) -> None:
    like = record(name="2026-01-01-like")
    work = record({"class": "maintenance", "related": [like.id]}, "2026-03-01-work")
    assert ids(beside(work, like).beside(work).neighbours) == [like.id]
    silent = record({"class": "maintenance"}, "2026-03-01-work")
    assert beside(silent, like).beside(silent).neighbours == ()
    assert dict(beside(silent, like).neighbourhoods())[like.id].neighbours == ()


def test_all_at_once_and_one_by_one_are_the_same(record: MakeRecord, beside: Beside) -> None:
    records = [record(fixed(f"2026-01-{day:02}", None), f"2026-01-{day:02}-x") for day in range(1, 9)]
    made = beside(*records)
    assert dict(made.neighbourhoods()) == {one.id: made.beside(one) for one in records}
