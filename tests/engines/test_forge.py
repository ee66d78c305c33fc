"""Links to the forge: where a post-mortem is edited and where its history is, as `mkdocs.yml` names the forge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.engines.mkdocs.forge import history_of
from sites import incident

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk, Node

FILE = "incidents/2026/2026-03-30-small.md"
WITHDRAWN = "incidents/2026/2026-03-29-gone.md"
GONE = {"status": "withdrawn", "amended": [{"date": "2026-04-08", "what": "All of it.", "why": "Wrong."}]}
GITHUB = {"repo_url": "https://github.com/example/kb", "edit_uri": "edit/main/docs/"}


@pytest.mark.parametrize(
    ("edit", "history"),
    [
        ("https://github.com/o/r/edit/main/x/y.md", "https://github.com/o/r/commits/main/x/y.md"),
        ("https://github.com/o/r/blob/main/x/y.md", "https://github.com/o/r/commits/main/x/y.md"),
        ("https://github.com/edit/blob/edit/main/y.md", "https://github.com/edit/blob/commits/main/y.md"),
        ("https://github.com/o/r/edit/main/edit/y.md", "https://github.com/o/r/commits/main/edit/y.md"),
        ("https://gitlab.com/g/s/r/-/edit/main/y.md", "https://gitlab.com/g/s/r/-/commits/main/y.md"),
        ("https://git.example.org/o/r/edit/main/y.md", "https://git.example.org/o/r/commits/main/y.md"),
        ("https://bitbucket.org/o/r/src/default/y.md", "https://bitbucket.org/o/r/history-node/default/y.md"),
        ("https://codeberg.org/o/r/_edit/main/y.md", "https://codeberg.org/o/r/commits/branch/main/y.md"),
        ("https://codeberg.org/o/r/src/branch/main/y.md", "https://codeberg.org/o/r/commits/branch/main/y.md"),
        ("https://github.com/o/r/edit?file=y.md&branch=main", ""),
        ("https://forge.example.org/edit/main/y.md", ""),
        ("https://forge.example.org/files/y.md", ""),
        ("", ""),
    ],
)
def test_history_by_the_form_of_the_address(edit: str, history: str) -> None:
    assert history_of(edit) == history


def links(page: Node) -> dict[str, str | None]:
    return {
        name: address
        for name, address in page.links().items()
        if name in {"Edit", "History", "History of the file"}
    }


@pytest.mark.parametrize(
    ("settings", "edit", "history"),
    [
        (GITHUB, f"{GITHUB['repo_url']}/edit/main/{FILE}", f"{GITHUB['repo_url']}/commits/main/{FILE}"),
        (
            {"repo_url": "https://bitbucket.org/example/kb"},
            f"https://bitbucket.org/example/kb/src/default/{FILE}",
            f"https://bitbucket.org/example/kb/history-node/default/{FILE}",
        ),
        (
            {"edit_uri": "https://git.example.org/o/r/_edit/main/docs/"},
            f"https://git.example.org/o/r/_edit/main/{FILE}",
            f"https://git.example.org/o/r/commits/branch/main/{FILE}",
        ),
        (
            {"repo_url": "https://dev.example.org/kb", "edit_uri": "?path=docs/"},
            f"https://dev.example.org/kb?path={FILE}",
            None,
        ),
        ({}, None, None),
    ],
    ids=["github", "bitbucket", "only-edit-uri", "unknown-form", "no-forge"],
)
def test_links_on_the_page(
    kb: KnowledgeBaseOnDisk, settings: dict[str, Any], edit: str | None, history: str | None
) -> None:
    kb.write({FILE: incident()})
    kb.configure(**settings)
    found = {"Edit": edit, "History": history}
    assert links(kb.build().page("incidents/2026/2026-03-30-small/")) == {
        name: address for name, address in found.items() if address
    }


def test_docs_deeper_in_the_repository(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({FILE: incident(), "web/pages/index.md": "# Home\n"})
    kb.configure(**GITHUB | {"docs_dir": "web/pages", "edit_uri": "edit/main/web/pages/"})
    assert links(kb.build().page("incidents/2026/2026-03-30-small/")) == {
        "Edit": f"{GITHUB['repo_url']}/edit/main/{FILE}",
        "History": f"{GITHUB['repo_url']}/commits/main/{FILE}",
    }


def test_only_the_organisation_is_led_to_what_was_withdrawn(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({FILE: incident(), WITHDRAWN: incident(GONE)})
    kb.configure(**GITHUB)
    place = WITHDRAWN.replace(".md", "/")
    assert links(kb.build().page(place)) == {}
    kb.configure(**GITHUB, plugins=[{"postmortems": {"audience": "organisation"}}])
    assert links(kb.build().page(place)) == {
        "History of the file": f"{GITHUB['repo_url']}/commits/main/{WITHDRAWN}"
    }
