"""How alike two post-mortems are: hand-picked pairs of both libraries, the arithmetic, and odd libraries."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.related.text_similarity import LEAST, SHARES, WORDS, Likeness, LikenessIndex
from postmortems.analysis.related.tokenise import Stems
from postmortems.conventions import Conventions, KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.record import read_postmortem
from sites import REPOSITORY, incident

if TYPE_CHECKING:
    from postmortems.record import Postmortem
    from sites import MakeRecord

Make = Callable[..., "Postmortem"]

REFERENCE = (
    "2012-08-01-knight-capital-smars",
    "2017-01-31-gitlab-primary-database-removal",
    "2017-02-28-aws-s3-us-east-1",
    "2017-05-13-equifax",
    "2018-10-21-github-mysql-failover",
    "2019-07-02-cloudflare-waf-regex",
    "2021-10-28-roblox-consul",
    "2022-04-05-atlassian-site-deletion",
    "2022-12-circleci-session-theft",
    "2023-10-okta-support-system",
    "2024-07-19-crowdstrike-channel-file",
    "2025-11-24-posthog-npm-worm",
)
(KNIGHT, GITLAB, AWS, EQUIFAX, GITHUB, CLOUDFLARE, ROBLOX, ATLASSIAN, CIRCLECI, OKTA, CROWDSTRIKE, POSTHOG) = (
    REFERENCE
)

ALIKE = [
    ("reference", OKTA, CIRCLECI),
    ("reference", POSTHOG, CIRCLECI),
    ("reference", GITHUB, GITLAB),
    ("reference", GITHUB, AWS),
    ("reference", ATLASSIAN, AWS),
    ("reference", CROWDSTRIKE, CLOUDFLARE),
    ("reference", KNIGHT, GITLAB),
    ("demo", "2025-04-29-order-book-failover", "2025-04-10-exercise-database-loss"),
    ("demo", "2026-07-16-carrier-api-key", "2025-02-09-carrier-labels"),
    ("demo", "2025-02-09-carrier-labels", "2023-11-21-carrier-certificate"),
    ("demo", "2025-12-09-carrier-down", "2025-02-09-carrier-labels"),
    ("demo", "2026-09-29-stock-set-to-zero", "2024-05-07-stock-feed-token"),
    ("demo", "2026-11-19-search-index-stale", "2024-03-18-search-licence"),
    ("demo", "2024-10-02-scanner-licence", "2024-03-18-search-licence"),
    ("demo", "2025-12-09-carrier-down", "2025-01-23-address-lookup"),
    ("demo", "2025-05-22-vat-on-seeds", "2025-03-27-delivered-mails"),
    ("demo", "2025-07-08-table-drop-refused", "2024-12-03-customer-list-to-wrong-nursery"),
    ("demo", "2026-04-21-voucher-limit", "2025-09-11-delivery-days"),
]
UNLIKE = [
    ("reference", CLOUDFLARE, EQUIFAX),
    ("reference", CLOUDFLARE, GITHUB),
    ("reference", CLOUDFLARE, OKTA),
    ("reference", OKTA, KNIGHT),
    ("reference", OKTA, ATLASSIAN),
    ("reference", CIRCLECI, ROBLOX),
    ("reference", CIRCLECI, ATLASSIAN),
    ("reference", EQUIFAX, KNIGHT),
    ("reference", EQUIFAX, GITHUB),
    ("reference", ROBLOX, GITLAB),
    ("demo", "2024-03-18-search-licence", "2024-01-30-refunds-paid-twice"),
    ("demo", "2023-10-12-label-printer-queue", "2026-04-21-voucher-limit"),
    ("demo", "2024-06-22-picture-domain", "2025-05-22-vat-on-seeds"),
    ("demo", "2025-04-29-order-book-failover", "2024-04-16-credential-stuffing"),
    ("demo", "2025-04-29-order-book-failover", "2024-11-13-card-gateway-certificate"),
    ("demo", "2026-11-09-sign-in-loop", "2025-04-29-order-book-failover"),
    ("demo", "2026-05-12-lookalike-package", "2025-12-09-carrier-down"),
    ("demo", "2026-08-25-addresses-in-cache", "2025-04-29-order-book-failover"),
    ("demo", "2025-11-28-bundle-offer-flag", "2025-04-29-order-book-failover"),
    ("demo", "2026-06-09-settlement-file", "2024-04-16-credential-stuffing"),
]


@cache
def index(library: str) -> LikenessIndex:
    """All public records of a library of this repository."""
    base = KnowledgeBase(REPOSITORY if library == "reference" else REPOSITORY / "tests/corpora/demo")
    conventions, findings = load_conventions(base)
    assert conventions, findings
    corpus = open_corpus(read_library(base, conventions), conventions, Audience.ORGANISATION)
    return LikenessIndex(corpus.records, conventions.vocabulary)


@cache
def found(library: str) -> Mapping[str, tuple[Likeness, ...]]:
    return dict(index(library).all(100, lambda _: ()))


def partners(library: str, record_id: str) -> set[str]:
    return {likeness.record.id for likeness in found(library)[record_id]}


@pytest.mark.parametrize(("library", "one", "other"), ALIKE)
def test_pairs_that_are_alike(library: str, one: str, other: str) -> None:
    assert other in partners(library, one)
    assert one in partners(library, other)


@pytest.mark.parametrize(("library", "one", "other"), UNLIKE)
def test_pairs_that_are_not(library: str, one: str, other: str) -> None:
    assert other in found(library)
    assert other not in partners(library, one)
    assert one not in partners(library, other)


def test_the_most_alike_come_first_with_what_they_share() -> None:
    first, second = found("reference")[GITHUB]
    assert (first.record.id, second.record.id) == (AWS, GITLAB)
    assert set(second.factors) == {"architecture.failover", "architecture.backup-restore"}
    assert {"primary", "replica"} <= set(second.words)
    assert (second.services, second.trigger, second.incident_class) == ((), "", "")

    stolen = found("reference")[OKTA][0]
    assert (stolen.trigger, stolen.incident_class) == ("malicious-act", "security")
    expired = found("demo")["2026-07-16-carrier-api-key"][0]
    assert (expired.factors, expired.services, expired.trigger, expired.incident_class) == (
        ("infrastructure.expiry",),
        ("dispatch",),
        "expiry",
        "",
    )


@pytest.mark.parametrize("library", ["reference", "demo"])
def test_likeness_is_the_same_from_either_side_and_by_either_way(library: str) -> None:
    scores = {(one, like.record.id): like.score for one, others in found(library).items() for like in others}
    assert all(scores[other, one] == score for (one, other), score in scores.items())
    for record in index(library).records:
        assert index(library).of(record, 100) == found(library)[record.id]
        assert index(library).of(record, 2) == found(library)[record.id][:2]


@pytest.mark.parametrize(
    ("library", "text", "first"),
    [
        ("reference", "A replica was promoted during a failover", GITHUB),
        ("reference", "a regular expression used up the CPU", CLOUDFLARE),
        ("demo", "The certificate expired on a Sunday", "2023-11-21-carrier-certificate"),
        ("demo", "no labels from the carrier", "2025-12-09-carrier-down"),
    ],
)
def test_a_text_finds_what_speaks_of_it(library: str, text: str, first: str) -> None:
    assert index(library).of_text(text, 5)[0].record.id == first


@pytest.mark.parametrize(
    "text", ["", "   ", "The system failed for ten minutes on Monday.", "Kubernetes ingress", "…"]
)
def test_a_text_that_tells_nothing_finds_nothing(text: str) -> None:
    assert index("reference").of_text(text, 5) == ()


# Made-up records: all that they may share is given.


@pytest.fixture
def compare(example_bank: Conventions) -> Callable[..., LikenessIndex]:
    def make(*records: Postmortem) -> LikenessIndex:
        return LikenessIndex(records, example_bank.vocabulary)

    return make


def plain(number: int, **changes: Any) -> dict[str, Any]:
    """A record whose words are its own and whose fields are shared with no other, but for the changes."""
    own = f"Xq{'abcdefghijklmnopqrstuvwxyz'[number]}word"
    return {
        "title": own,
        "summary": own,
        "services": [f"service-{number}"],
        "trigger": "unknown",
        "detection": "monitoring",
        "factors": [f"unknown: {own} -> {own}"],
        "lessons": [f"improve: {own}"],
    } | changes


def test_what_a_shared_factor_trigger_and_class_weigh(
    record: MakeRecord, compare: Callable[..., LikenessIndex], example_bank: Conventions
) -> None:
    shared = {"factors": ["change.rollout: a -> b"], "trigger": "deploy", "class": "security"}
    one, two = record(plain(0) | shared, "2026-01-01-one"), record(plain(1) | shared, "2026-01-02-two")
    third = record(plain(2), "2026-01-03-three")
    [likeness] = compare(one, two, third).of(one, 5)

    def part(kind: str, values: int) -> float:
        rarity = 1 - math.log(2 + 1) / math.log(3 + values)
        return SHARES[kind] * 2 * rarity**2 / (1 + rarity**2)

    vocabulary = example_bank.vocabulary
    expected = (
        part("factor", len(vocabulary.factors)) + part("trigger", len(vocabulary.triggers)) + part("class", 6)
    )
    assert likeness.score == pytest.approx(expected, abs=1e-4)
    assert likeness.record is two
    assert (likeness.factors, likeness.trigger, likeness.incident_class, likeness.services, likeness.words) == (
        ("change.rollout",),
        "deploy",
        "security",
        (),
        (),
    )


def test_the_same_words_alone_are_enough(record: MakeRecord, compare: Callable[..., LikenessIndex]) -> None:
    words = plain(0) | {"title": "Replica promoted", "summary": "The replica was promoted."}
    one, two = record(words, "2026-01-01-one"), record(words | {"services": ["else"]}, "2026-01-02-two")
    [likeness] = compare(one, two).of(one, 5)
    assert likeness.score == pytest.approx(SHARES["words"], abs=0.03)
    assert set(likeness.words) >= {"replica", "promoted"}


def test_a_service_is_shared_within_an_organisation_only(
    record: MakeRecord, compare: Callable[..., LikenessIndex]
) -> None:
    near = {"services": ["ledger"], "factors": ["change.rollout: a -> b"], "trigger": "deploy"}
    elsewhere = {
        "organisation": "Another Bank",
        "provenance": "public-report",
        "sources": [{"url": "https://example.org", "kind": "primary"}],
    }
    one, two = record(plain(0) | near, "2026-01-01-one"), record(plain(1) | near, "2026-01-02-two")
    other = record(plain(2) | near | elsewhere, "2026-01-03-other")
    first, second = compare(one, two, other).of(one, 5)
    assert (first.record.id, first.services) == (two.id, ("ledger",))
    assert (second.record.id, second.services) == (other.id, ())


def test_equally_alike_ones_stand_in_the_order_of_their_ids(
    record: MakeRecord, compare: Callable[..., LikenessIndex]
) -> None:
    records = [record(plain(0), f"2026-01-{day:02}-x") for day in (9, 3, 7, 1, 5, 8, 2)]
    made = compare(*records)
    assert [like.record.id[8:10] for like in made.of(records[0], 4)] == ["01", "02", "03", "05"]
    assert dict(made.all(4, lambda _: ()))[records[0].id] == made.of(records[0], 4)
    assert compare(*reversed(records)).of(records[0], 4) == made.of(records[0], 4)


def test_a_long_body_makes_no_record_like_all_others(
    record: MakeRecord, compare: Callable[..., LikenessIndex], example_bank: Conventions
) -> None:
    """All words of both libraries in one body: it is no more like each of them than a threshold allows."""
    texts = [*index("reference").records, *index("demo").records]
    body = "\n\n".join(text.body for text in texts)
    reading = read_postmortem(
        "incidents/2026/2026-01-01-long.md", incident(plain(0), body=body).encode(), example_bank
    )
    assert reading.record
    assert index("demo").of(reading.record, 100) == ()


@pytest.mark.parametrize("changes", [{"status": "withdrawn"}, {"class": "maintenance"}])
def test_what_enters_no_figure_is_not_compared(
    record: MakeRecord, compare: Callable[..., LikenessIndex], changes: dict[str, Any]
) -> None:
    one, two = record(plain(0), "2026-01-01-one"), record(plain(0) | changes, "2026-01-02-two")
    assert compare(one, two).of(one, 5) == ()


def test_odd_libraries(record: MakeRecord, compare: Callable[..., LikenessIndex]) -> None:
    one = record(plain(0), "2026-01-01-one")
    assert compare().of(one, 5) == compare().of_text("word", 5) == ()
    assert list(compare().all(5, lambda _: ())) == []
    assert dict(compare(one).all(5, lambda _: ())) == {one.id: ()}
    silent = {
        "title": "The system",
        "summary": None,
        "lessons": ["improve: It failed"],
        "factors": ["none: a -> b"],
    }
    wordless = [record(plain(0) | silent, f"2026-01-0{day}-x") for day in range(1, 8)]
    made = compare(*wordless)
    assert made.of_text("replica", 5) == ()
    assert all(like.words == () for _, likes in made.all(5, lambda _: ()) for like in likes)


def test_words_that_all_of_a_large_library_use_tell_nothing_apart(
    record: MakeRecord, compare: Callable[..., LikenessIndex]
) -> None:
    records = [record(plain(number % 26), f"2026-01-01-x{number}") for number in range(600)]
    assert compare(*records).of_text("Xqaword", 3) != ()
    same = [record(plain(0), f"2026-01-01-x{number}") for number in range(600)]
    assert compare(*same).of_text("Xqaword", 3) == ()


@pytest.mark.parametrize(
    ("using", "size", "tells"),
    [(200, 1000, True), (201, 1000, False), (100, 300, True), (101, 300, False), (60, 60, True)],
    ids=["a fifth", "above a fifth", "a hundred", "above a hundred", "all of a small library"],
)
def test_a_word_tells_nothing_above_a_fifth_of_a_library_and_a_hundred_records(
    record: MakeRecord, compare: Callable[..., LikenessIndex], using: int, size: int, tells: bool
) -> None:
    shared, own = record(plain(0), "2026-01-01-x"), record(plain(1), "2026-01-01-x")
    records = [replace(shared if number < using else own, id=f"2026-01-01-x{number:04}") for number in range(size)]
    assert bool(compare(*records).of_text("Xqaword", 3)) is tells


def test_the_words_that_tell_most_are_shown_and_no_more_than_four(
    record: MakeRecord, compare: Callable[..., LikenessIndex]
) -> None:
    spoken = "ledger ledger ledger gateway gateway replica cursor cursor cursor cursor tariff"
    one = record(plain(0) | {"title": "Xqone", "summary": spoken}, "2026-01-01-one")
    two = record(plain(1) | {"title": "Xqtwo", "summary": spoken}, "2026-01-02-two")
    [likeness] = compare(one, two).of(one, 5)
    assert likeness.words == ("cursor", "ledger", "gateway", "replica")


@pytest.mark.parametrize(("others", "counts"), [(WORDS - 1, True), (WORDS, False)])
def test_only_the_words_that_tell_most_of_a_record_count(
    record: MakeRecord, compare: Callable[..., LikenessIndex], others: int, counts: bool
) -> None:
    """Of words that tell as much as each other, those first in the alphabet are among the sixty."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [f"wq{first}{second}{first}" for first in letters for second in letters][:others]
    silent = {"lessons": ["improve: was"], "factors": ["unknown: was -> was"]}
    made = record(plain(0) | silent | {"title": "zzlast", "summary": " ".join(words)}, "2026-01-01-one")
    index = compare(made)
    assert [like.record.id for like in index.of_text("zzlast", 5)] == [made.id] * counts
    assert index.of_text(words[0], 5)


def test_left_out_by_id(record: MakeRecord, compare: Callable[..., LikenessIndex]) -> None:
    records = [record(plain(0), f"2026-01-0{day}-x") for day in range(1, 5)]
    made = compare(*records)
    out = {"2026-01-03-x", "no-such-id"}
    assert [like.record.id for like in made.of(records[0], 5, out)] == ["2026-01-02-x", "2026-01-04-x"]
    assert dict(made.all(5, lambda _: out))["2026-01-01-x"] == made.of(records[0], 5, out)


# Words.


@pytest.fixture(scope="module")
def stems() -> Stems:
    return Stems({"the", "was", "and"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The replicas were promoted; a replica was promoted.",
            ["replica", "were", "promot", "replica", "promot"],
        ),
        ("`SELECT replica` and [ledger](https://example.org/invoices) https://example.org/x", ["ledger"]),
        ("```sql\nDROP TABLE orders;\n```\nledger\n\n~~~\ntable\n~~~\n", ["ledger"]),
        ("ledger <!-- replica --> <b title='x'>gateway</b>", ["ledger", "gateway"]),
        ("an open ` tick, a ledger, an unclosed <!-- remark", ["open", "tick", "ledger", "unclos", "remark"]),
        ("customers' systems failed at 10:42 on Monday", []),
        ("Überweisung größer naïve", ["überweisung", "größer", "naïv"]),
        ("snake_case x2y3 42", ["snake", "x2y3"]),
    ],
)
def test_stems_of_a_text(stems: Stems, text: str, expected: list[str]) -> None:
    assert stems.of(text) == expected


def test_a_stem_is_spoken_by_its_shortest_word() -> None:
    stems = Stems(())
    stems.of("promoted promotes promote promoting ledgers ledger")
    assert stems.spoken() == {"promot": "promote", "ledger": "ledger"}


def test_of_a_record_the_front_matter_counts_twice(record: MakeRecord) -> None:
    made = record({"title": "Zyzzyva", "summary": "Xylograph"})
    said = Stems(()).of_record(made)
    assert said.count("zyzzyva") == said.count("xylograph") == 2


@pytest.mark.parametrize("text", ["<!-- " * 20_000, "](" * 40_000, "`" * 80_001, "<" * 80_000, "http" * 40_000])
def test_a_hostile_text_costs_little(stems: Stems, text: str) -> None:
    assert len(stems.of(text)) < 40_000


def test_constants_are_those_of_the_documentation() -> None:
    guide = (REPOSITORY / "docs/guide/similarity.md").read_text(encoding="utf-8")
    for share in (*SHARES.values(), LEAST):
        assert f"{share:.2f}" in guide
    assert f"{WORDS} words" in guide
