"""A post-mortem reaches a site through `incidents/` alone: the docs folder would publish it whole."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from mkdocs.exceptions import Abort

from sites import incident

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk

AMBER = "incidents/2026/2026-03-31-amber.md"
TEXT = incident({"tlp": "AMBER", "title": "The zyzzyva one"}, body="## Overview\n\nAll of zyzzyva.\n")
SNIPPETS = {"markdown_extensions": [{"pymdownx.snippets": {"base_path": [".", "incidents"]}}]}


def refused(kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture) -> str:
    """What a build says that ends without a site."""
    with pytest.raises(Abort), caplog.at_level(logging.ERROR):
        kb.build()
    assert not (kb.root / "site/index.html").exists()
    return caplog.text


@pytest.mark.parametrize(
    "name", ["docs/incidents/2026/2026-03-31-amber.md", "docs/postmortems/x.md", "docs/2026-03-31-amber.md"]
)
def test_a_record_among_the_pages_ends_the_build(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    kb.write({name: TEXT})
    assert name.removeprefix("docs/") in refused(kb, caplog)


@pytest.mark.parametrize(
    "head", ["tlp: RED\ntitle: x\n", "schema: 1\ntitle: x\nseverity: sev1\n", "'tlp': GREEN\n"]
)
def test_the_head_alone_tells(kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, head: str) -> None:
    kb.write({"docs/notes.md": f"---\n{head}---\n\nText.\n"})
    assert "front matter of a post-mortem" in refused(kb, caplog)


@pytest.mark.parametrize(("link", "to"), [("docs/inc", "../incidents"), ("docs/one.md", f"../{AMBER}")])
def test_a_link_into_incidents_ends_the_build(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, link: str, to: str
) -> None:
    kb.write({AMBER: TEXT})
    (kb.root / "docs").mkdir(exist_ok=True)
    (kb.root / link).symlink_to(to)
    assert "lies in incidents/" in refused(kb, caplog)


def test_incidents_that_are_a_link_into_docs_end_the_build(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture
) -> None:
    kb.write({"docs/kept/2026/2026-03-31-amber.md": TEXT})
    (kb.root / "incidents").rmdir()
    (kb.root / "incidents").symlink_to("docs/kept")
    assert "lies in incidents/" in refused(kb, caplog)


def test_docs_dir_that_is_the_folder_of_records_ends_the_build(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture
) -> None:
    kb.write({AMBER: TEXT})
    kb.configure(docs_dir="incidents")
    assert "lies in incidents/" in refused(kb, caplog)


@pytest.mark.parametrize(
    "line",
    [
        f'--8<-- "{AMBER}"',
        '--8<-- "2026/2026-03-31-amber.md"',
        f"--8<--\n{AMBER}\n--8<--",
        f'{{% include-markdown "../{AMBER}" %}}',
        f"{{!{AMBER}!}}",
        f'{{{{ include_file("{AMBER}") }}}}',
    ],
)
def test_a_page_that_takes_in_a_record_ends_the_build(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.write({AMBER: TEXT, "docs/about.md": f"# About\n\n{line}\n"})
    kb.configure(**SNIPPETS)
    monkeypatch.chdir(kb.root)
    assert "takes in the text of" in refused(kb, caplog)


def test_a_preview_leaves_it_out_and_says_so(kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture) -> None:
    kb.write({"docs/x.md": TEXT})
    with caplog.at_level(logging.ERROR):
        site = kb.preview(strict=False)
    assert not any(b"zyzzyva" in content for content in site.files.values())
    assert "x.md has the front matter of a post-mortem" in caplog.text


def test_other_pages_are_let_be(kb: KnowledgeBaseOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    kb.write(
        {
            AMBER: incident(),
            "docs/schema.md": "---\nschema: blog\ntitle: On schemas\n---\n\n```yaml\n---\ntlp: RED\n---\n```\n",
            "docs/parts.md": f'# Parts\n\n--8<-- "docs/part.txt"\n\nSee `{AMBER}` and {AMBER}.\n',
            "docs/part.txt": "A part.\n",
        }
    )
    kb.configure(**SNIPPETS)
    monkeypatch.chdir(kb.root)
    site = kb.build()
    assert site.has("schema/")
    assert site.has("parts/")
