"""Links that work both on the forge and on the site, and those that must not lead anywhere."""

from __future__ import annotations

import logging
import posixpath
from typing import TYPE_CHECKING

import pytest
from mkdocs.exceptions import Abort

from sites import EVERYTHING, PROSE, incident

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk, Site

HERE, THERE, FOLDER, HIDDEN = (
    "incidents/2026/2026-03-31-here.md",
    "incidents/2024/2024-05-01-there.md",
    "incidents/2025/2025-05-01-folder/index.md",
    "incidents/2025/2025-05-02-zyzzyva.md",
)


@pytest.fixture
def linked(kb: KnowledgeBaseOnDisk) -> KnowledgeBaseOnDisk:
    """A knowledge base to link in: two records, one in a folder, one withheld, and pages of docs/."""
    kb.write(
        {
            THERE: incident(base=EVERYTHING, body=PROSE),
            FOLDER: incident(body="## Impact\n\n### Far and wide\n\nText.\n"),
            HIDDEN: incident({"tlp": "AMBER"}),
            "docs/guide.md": "# Guide\n\n## How to\n",
            "docs/team/index.md": "# Team\n",
            "docs/plan.png": b"png",
        }
    )
    return kb


def address_of(site: Site, page: str, text: str = "text") -> str | None:
    """Where a link of a page leads, from the top of the site; None where it is no link."""
    links = site.page(page).links()
    if text not in links:
        assert text in site.page(page).text()
        return None
    address, hash_sign, anchor = (links[text] or "").partition("#")
    path = posixpath.normpath(posixpath.join(page, address)) if not page.endswith(".html") else None
    path = path or posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
    return path + hash_sign + anchor


FROM_A_RECORD = {
    "../2024/2024-05-01-there.md": "incidents/2024/2024-05-01-there",
    "../2024/2024-05-01-there.md#root-causes": "incidents/2024/2024-05-01-there#root-causes",
    # Anchors of what is made from data are anchors as well.
    "../2024/2024-05-01-there.md#l1": "incidents/2024/2024-05-01-there#l1",
    "../2024/2024-05-01-there.md#a1": "incidents/2024/2024-05-01-there#a1",
    "../2024/2024-05-01-there.md#evidence": "incidents/2024/2024-05-01-there#evidence",
    "../2025/2025-05-01-folder/index.md": "incidents/2025/2025-05-01-folder",
    "../2025/2025-05-01-folder/index.md#far-and-wide": "incidents/2025/2025-05-01-folder#far-and-wide",
    "../../docs/guide.md": "guide",
    "../../docs/guide.md#how-to": "guide#how-to",
    "../../docs/team/index.md": "team",
    "../../docs/plan.png": "plan.png",
    "../../incidents/2024/2024-05-01-there.md": "incidents/2024/2024-05-01-there",
    "../../guide.md": "guide",
    "../../factors/index.md": "factors",
    "../../factors/index.md#dimensions": "factors#dimensions",
    "2026-03-31-here.md": "incidents/2026/2026-03-31-here",
    "#overview": "incidents/2026/2026-03-31-here#overview",
}
FROM_DOCS = {
    "../incidents/2024/2024-05-01-there.md": "incidents/2024/2024-05-01-there",
    "../incidents/2024/2024-05-01-there.md#l1": "incidents/2024/2024-05-01-there#l1",
    "../incidents/2025/2025-05-01-folder/index.md": "incidents/2025/2025-05-01-folder",
    "incidents/2024/2024-05-01-there.md": "incidents/2024/2024-05-01-there",
    "../docs/guide.md": "guide",
    "guide.md#how-to": "guide#how-to",
    "team/index.md": "team",
    "lessons/index.md": "lessons",
    "lessons/index.md#improve": "lessons#improve",
}
FROM_A_FOLDER_OF_DOCS = {
    "../../incidents/2024/2024-05-01-there.md": "incidents/2024/2024-05-01-there",
    "../../incidents/2025/2025-05-01-folder/index.md#f1": "incidents/2025/2025-05-01-folder#f1",
    "../guide.md": "guide",
    "../../docs/guide.md": "guide",
}


def test_links_from_a_record(linked: KnowledgeBaseOnDisk) -> None:
    body = "\n\n".join(f"[text {n}]({link})" for n, link in enumerate(FROM_A_RECORD))
    linked.write({HERE: incident(body=f"## Overview\n\n{body}\n")})
    site = linked.build()
    page = "incidents/2026/2026-03-31-here/"
    found = {link: address_of(site, page, f"text {n}") for n, link in enumerate(FROM_A_RECORD)}
    assert found == FROM_A_RECORD


@pytest.mark.parametrize(
    ("page", "links"),
    [("about.md", FROM_DOCS), ("team/about.md", FROM_A_FOLDER_OF_DOCS)],
    ids=["docs", "folder-of-docs"],
)
def test_links_from_a_page_of_docs(linked: KnowledgeBaseOnDisk, page: str, links: dict[str, str]) -> None:
    body = "\n\n".join(f"[text {n}]({link})" for n, link in enumerate(links))
    linked.write({f"docs/{page}": f"# About\n\n{body}\n"})
    site = linked.build()
    url = page.replace(".md", "/")
    assert {link: address_of(site, url, f"text {n}") for n, link in enumerate(links)} == links


def test_links_with_addresses_of_files(linked: KnowledgeBaseOnDisk) -> None:
    linked.write(
        {
            HERE: incident(
                body="## Overview\n\n[text](../2024/2024-05-01-there.md#l1) [guide](../../docs/guide.md)\n"
            ),
            "docs/about.md": f"# About\n\n[text](../{HERE}) [withheld](../{HIDDEN})\n",
        }
    )
    linked.configure(use_directory_urls=False)
    site = linked.build()
    page = "incidents/2026/2026-03-31-here.html"
    assert address_of(site, page) == "incidents/2024/2024-05-01-there.html#l1"
    assert address_of(site, page, "guide") == "guide.html"
    assert address_of(site, "about.html") == page
    assert "withheld" not in site.page("about.html").text()


@pytest.mark.parametrize(
    "form", ["[text](LINK)", "[text][1]\n\n[1]: LINK", "[text](<LINK>)", "[*text*](LINK 'Title')"]
)
def test_forms_of_a_link(linked: KnowledgeBaseOnDisk, form: str) -> None:
    linked.write({HERE: incident(body=f"## Overview\n\n{form.replace('LINK', '../../docs/guide.md')}\n")})
    assert address_of(linked.build(), "incidents/2026/2026-03-31-here/") == "guide"


def test_address_with_escapes(linked: KnowledgeBaseOnDisk) -> None:
    linked.write(
        {"docs/to do.md": "# To do\n", HERE: incident(body="## Overview\n\n[text](../../docs/to%20do.md)\n")}
    )
    assert address_of(linked.build(), "incidents/2026/2026-03-31-here/") == "to%20do"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.md", "mailto:a@example.org", "#overview", "//example.org/incidents/2025/x.md"],
)
def test_other_addresses_are_left_alone(linked: KnowledgeBaseOnDisk, address: str) -> None:
    linked.write({"docs/about.md": f"# About\n\n## Overview\n\n[text]({address})\n"})
    assert linked.build().page("about/").links()["text"] == address


def test_link_to_a_withheld_record_loses_address_and_text(
    linked: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture
) -> None:
    linked.write(
        {
            HERE: incident(
                {"related": [{"id": "2025-05-02-zyzzyva", "as": "repeats"}]},
                body="## Overview\n\nAs [text](../2025/2025-05-02-zyzzyva.md#impact) showed.\n",
            ),
            "docs/about.md": f"# About\n\nAs [text](../{HIDDEN}) and [this *one*][x].\n\n[x]: ../{HIDDEN}\n",
        }
    )
    with caplog.at_level(logging.INFO):
        site = linked.build()
    assert "As […] showed." in site.page("incidents/2026/2026-03-31-here/").text()
    assert "this one" not in site.page("about/").text()
    assert "As […] and […]." in site.page("about/").text()
    assert b"zyzzyva" not in b"".join(site.files.values())
    assert "zyzzyva" not in caplog.text


@pytest.mark.parametrize(
    "link",
    [
        "[text](../2025/2025-05-03-zyzzyva/index.md#impact)",
        "[text](../2025/2025-05-03-zyzzyva/)",
        "[text](../2025/2025-05-03-zyzzyva)",
        "[text](../2025/2025-05-02-zyzzyva)",
        "[text](../2025/2025-05-03-zyzzyva/logs.txt)",
        "text ![](../2025/2025-05-03-zyzzyva/phases.png)",
        "[text](../../incidents/2025/2025-05-02-zyzzyva.md)",
    ],
)
def test_no_way_to_write_it_names_a_withheld_record(linked: KnowledgeBaseOnDisk, link: str) -> None:
    linked.write(
        {
            "incidents/2025/2025-05-03-zyzzyva/index.md": incident({"tlp": "AMBER"}),
            "incidents/2025/2025-05-03-zyzzyva/phases.png": b"png",
            HERE: incident(body=f"## Overview\n\n{link}\n"),
        }
    )
    site = linked.build()
    assert "[…]" in site.page("incidents/2026/2026-03-31-here/").text()
    assert b"zyzzyva" not in b"".join(site.files.values())


def test_link_to_a_withheld_record_is_a_link_where_it_may_be_seen(linked: KnowledgeBaseOnDisk) -> None:
    linked.write({"docs/about.md": f"# About\n\nAs [text](../{HIDDEN}) showed.\n"})
    assert address_of(linked.preview(), "about/") == HIDDEN.removesuffix(".md")


@pytest.mark.parametrize(
    ("file", "link"),
    [
        (HERE, "../2024/2024-05-01-nowhere.md"),
        (HERE, "../../docs/nowhere.md"),
        (HERE, "../2024/2024-05-01-there.md#nowhere"),
        ("docs/about.md", "../incidents/2024/2024-05-01-nowhere.md"),
        ("docs/about.md", "../incidents/2024/2024-05-01-there.md#nowhere"),
    ],
)
def test_link_that_leads_nowhere_fails_a_strict_build(linked: KnowledgeBaseOnDisk, file: str, link: str) -> None:
    text = f"## Overview\n\n[text]({link})\n"
    linked.write({file: incident(body=text) if file == HERE else f"# About\n\n{text}"})
    with pytest.raises(Abort, match="strict"):
        linked.build()
    linked.build(strict=False)


def test_pages_of_another_folder_than_docs(linked: KnowledgeBaseOnDisk) -> None:
    (linked.root / "docs").rename(linked.root / "pages")
    linked.write(
        {
            HERE: incident(body="## Overview\n\n[text](../../pages/guide.md#how-to)\n"),
            "pages/about.md": f"# About\n\n[text](../{THERE})\n",
        }
    )
    linked.configure(docs_dir="pages")
    site = linked.build()
    assert address_of(site, "incidents/2026/2026-03-31-here/") == "guide#how-to"
    assert address_of(site, "about/") == THERE.removesuffix(".md")
