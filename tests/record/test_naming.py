"""The id of a record is its file's name."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from postmortems.record import is_record_id, record_id_of
from postmortems.record.naming import slug

LONG = "2026-" + "a" * 115


@pytest.mark.parametrize(
    "name",
    [
        "2026-03-31-payments-certificate",
        "2026-03-payments",
        "2026-payments",
        "2021-4chan",
        "2024-10-4chan",
        "2024-02-29-leap",
        "0001-x",
        "2001-09-11-x",
        "2026-03-31-a-1",
        "2016-911-calls",
        LONG,
    ],
)
def test_an_id_is_a_date_and_a_slug(read, name):
    assert is_record_id(name)
    assert read("title: x", path=f"incidents/{name}.md").record.id == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "payments",
        "2026",
        "2026-03",
        "2026-03-31",
        "2026-03-31-",
        "2026-03-31-7",
        "26-03-31-x",
        "2026-02-30-x",
        "2025-02-29-x",
        "2026-13-01-x",
        "2026-00-x",
        "0000-x",
        "2026-03-31-Payments",
        "2026-03-31-pay_ments",
        "2026-03-31--payments",
        "2026-03-31-payments-",
        "2026-03-31-payments copy",
        "2026-03-31-payments.bak",
        "2026-03-31-zahlungen-für-karten",
        "２０２６-03-31-x",
        "2026-03-31-x\n",
        "2026-03-31-x\udcff",
        LONG + "a",
    ],
)
def test_anything_else_is_not_an_id(read, name):
    assert not is_record_id(name)
    reading = read("title: x", path=f"incidents/{name}/index.md")
    assert reading.record is None
    assert [finding.code for finding in reading.findings] == ["S120"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("incidents/2026/2026-03-31-x.md", "2026-03-31-x"),
        ("2026-03-31-x.md", "2026-03-31-x"),
        ("incidents/2026/2026-03-31-x/index.md", "2026-03-31-x"),
        ("incidents/2026/2026-03-31-x/notes.md", "notes"),
        ("index.md", ""),
    ],
)
def test_a_folder_gives_its_name_to_the_index_in_it(path, expected):
    assert record_id_of(PurePosixPath(path)) == expected


def test_a_faulty_name_and_faulty_fields_are_both_told(read):
    found = read("status: zzz", path="incidents/x.md").findings
    assert sorted(finding.code for finding in found) == ["S112", "S120"]


@pytest.mark.parametrize(
    ("text", "plain", "dotted"),
    [
        ("Amazon Web Services", "amazon-web-services", "amazon-web-services"),
        ("github.com", "github-com", "github.com"),
        ("Crédit Agricole S.A.", "credit-agricole-s-a", "credit-agricole-s.a"),
        ("Straße der Kund’innen", "strasse-der-kundinnen", "strasse-der-kundinnen"),
        ("../../etc/passwd", "etc-passwd", "etc-passwd"),
        ("a..b -.x.-", "a-b-x", "a-b-x"),
        ("株式会社", "", ""),
        ("ab " * 40, "-".join(["ab"] * 20), "-".join(["ab"] * 20)),
        ("a" * 59 + ".b", "a" * 59, "a" * 59),
    ],
)
def test_a_slug(text, plain, dotted):
    assert (slug(text), slug(text, dots=True)) == (plain, dotted)
