"""What an audience may not see is on no page: records, fields, and the links and relations that lead to them."""

from __future__ import annotations

import pytest
from site_bench import make_tree, render_all
from site_cases import path

from sites import EVERYTHING, PROSE, incident

HIDDEN = "2026-03-30-hidden"
WORD = "zyzzyva"


def all_html(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory, **options: object) -> str:
    pages = render_all(make_tree(tmp_path_factory.mktemp("withheld"), files, **options))
    # What is told of rules and fields is the same for every site, and some of it reads like this record.
    same = ("method/rules/", "method/fields")
    return "\n".join(page.html for uri, page in pages.items() if not uri.startswith(same))


SHOWN = incident(
    {"related": [{"id": HIDDEN, "as": "repeats"}], "not_related": [HIDDEN]},
    body=f"## Overview\n\nBefore it there was [another](../2026/{HIDDEN}.md).\n",
)


@pytest.mark.parametrize("tlp", ["GREEN", "AMBER", "AMBER+STRICT", "RED", None])
def test_withheld_record_is_nowhere(tlp: str | None, tmp_path_factory: pytest.TempPathFactory) -> None:
    hidden = incident({"tlp": tlp, "title": f"The {WORD} one"}, base=EVERYTHING, body=PROSE + WORD)
    with_it = all_html({path("2026-03-31-shown"): SHOWN, path(HIDDEN): hidden}, tmp_path_factory)
    unlinked = SHOWN.replace(f"[another](../2026/{HIDDEN}.md)", "[…]")
    assert unlinked != SHOWN
    without_it = all_html({path("2026-03-31-shown"): unlinked}, tmp_path_factory)
    assert WORD not in with_it
    assert "infrastructure.expiry.md" not in with_it
    assert with_it == without_it


def test_draft_is_nowhere_but_in_a_preview(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {path("2026-03-31-x"): incident({"status": "draft", "title": f"The {WORD} one"})}
    assert WORD not in all_html(files, tmp_path_factory)
    assert WORD in all_html(files, tmp_path_factory, preview=True)


@pytest.mark.parametrize(
    ("audience", "tlp", "seen"),
    [
        ("public", "CLEAR", True),
        ("public", "GREEN", False),
        ("organisation", "GREEN", True),
        ("organisation", "AMBER", True),
        ("organisation", "AMBER+STRICT", False),
        ("strict", "AMBER+STRICT", True),
        ("strict", "RED", False),
    ],
)
def test_audiences(audience: str, tlp: str, *, seen: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {path("2026-03-31-x"): incident({"tlp": tlp, "title": f"The {WORD} one"})}
    assert (WORD in all_html(files, tmp_path_factory, audience=audience)) is seen


# A path, and texts of the record that say what it withholds.
REDACTED = {
    "summary": [EVERYTHING["summary"]],
    "trigger.note": [EVERYTHING["trigger"]["note"]],
    "impact.cost": ["120,000"],
    "impact.users": ["41,000"],
    "impact.business.text": [EVERYTHING["impact"]["business"]["text"]],
    "impact.figures": ["3,100"],
    "timeline.2": [EVERYTHING["timeline"][1]["what"]],
    "factors.F1": [EVERYTHING["factors"][0]["statement"].partition(" -> ")[0], "infrastructure.expiry"],
    "lessons.L1": [EVERYTHING["lessons"][0]["text"], "lesson L1", "#l1"],
    "actions.A1": [EVERYTHING["actions"][0]["title"]],
    "actions.A1.result": [EVERYTHING["actions"][0]["result"]["note"]],
    "review": ["Service manager", "3 April 2026, 60 min"],
    "detection.how": [EVERYTHING["detection"]["how"]],
    "questions.detected-quickly": [EVERYTHING["questions"]["detected-quickly"]["note"]],
    "evidence.E1": ["Renewal job, 1 to 31 March 2026"],
    "sources": ["https://status.example.org/17"],
    "conflicts": [EVERYTHING["conflicts"][0]],
    "refs": ["OPS-4711"],
    "x-cost-centre": ["Cost centre"],
    "regulatory": ["Notice 17", "31 March 2026, 15:00 UTC"],
    "duration_stated": ["Duration as stated"],
    "amended": [EVERYTHING["amended"][0]["what"]],
    "times.recovered": ["31 March 2026, 10:55 UTC"],
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All pages of the record with nothing withheld."""
    return all_html({path("2026-03-31-x"): incident(base=EVERYTHING, body=PROSE)}, tmp_path_factory)


@pytest.mark.parametrize(("field", "texts"), REDACTED.items(), ids=REDACTED)
def test_redacted_field_is_nowhere(
    field: str, texts: list[str], plain: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert [text for text in texts if text not in plain] == []
    redacted = incident({"redacted": [field]}, base=EVERYTHING, body=PROSE)
    html = all_html({path("2026-03-31-x"): redacted}, tmp_path_factory)
    # The vocabulary on the method page names each factor anyway.
    html = html.replace("<code>infrastructure.expiry</code>", "")
    assert [text for text in texts if text in html] == []
    assert "redacted" not in html.lower()


def test_redacted_field_is_there_for_the_organisation(tmp_path_factory: pytest.TempPathFactory) -> None:
    redacted = incident({"redacted": ["impact.cost"]}, base=EVERYTHING)
    html = all_html({path("2026-03-31-x"): redacted}, tmp_path_factory, audience="organisation")
    assert "120,000" in html


def test_site_not_for_the_public_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert not make_tree(tmp_path_factory.mktemp("public"), {}).banner
    assert "Not for the public" in make_tree(tmp_path_factory.mktemp("own"), {}, audience="organisation").banner
    assert "Preview" in make_tree(tmp_path_factory.mktemp("preview"), {}, preview=True).banner


def test_pictures_of_a_withheld_record_are_not_copied(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {
        "incidents/2026/2026-03-31-shown/index.md": incident(),
        "incidents/2026/2026-03-31-shown/phases.png": b"picture",
        "incidents/2026/2026-03-31-shown/parts/a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "incidents/2026/2026-03-31-shown/.secret.png": b"picture",
        "incidents/2026/2026-03-31-shown/notes.txt": b"text",
        "incidents/2026/2026-03-30-hidden/index.md": incident({"tlp": "AMBER"}),
        "incidents/2026/2026-03-30-hidden/phases.png": b"picture",
    }
    assets = make_tree(tmp_path_factory.mktemp("pictures"), files).assets
    assert sorted(
        uri
        for uri, asset in assets.items()
        if uri.startswith("incidents/") and (asset.path or uri.endswith(".svg"))
    ) == [
        "incidents/2026/2026-03-31-shown/parts/a.svg",
        "incidents/2026/2026-03-31-shown/phases.png",
    ]


def test_picture_that_leads_out_of_its_folder_is_not_copied(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("links")
    (root / "secret.png").write_bytes(b"secret")
    folder = root / "incidents/2026/2026-03-31-shown"
    folder.mkdir(parents=True)
    (folder / "phases.png").symlink_to(root / "secret.png")
    (folder / "circle.png").symlink_to(folder / "circle.png")
    made = make_tree(root, {"incidents/2026/2026-03-31-shown/index.md": incident()})
    assert not [uri for uri, asset in made.assets.items() if uri.startswith("incidents/") and asset.path]
