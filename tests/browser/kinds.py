"""The kinds of pages that sites have, and sites that have every kind between them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
import yaml

from postmortems.site.pages.incidents import incidents
from sites import DEMO, MATERIAL, POLICY, REPOSITORY, KnowledgeBaseOnDisk, incident, to_yaml

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from sites import Site

BY_HAND = "by hand"  # pages that owners write, and those of the theme
_MADE_FROM = re.compile(r'template="([a-z/-]+\.html)"')
_WITHDRAWN = {
    "status": "withdrawn",
    "amended": [{"date": "2026-04-08", "what": "All of it.", "why": "Wrong."}],
}


def kinds(site: Site, but: Collection[str] = ()) -> list[str]:
    """The address of one page of each kind: of several the one that has most on it but for the largest of all.

    `but` names templates whose pages are looked at elsewhere; home is looked at everywhere.
    """
    found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for name, content in site.files.items():
        if name.endswith(".html") and (name == "index.html" or site.templates.get(name, BY_HAND) not in but):
            kind = (site.templates.get(name, BY_HAND), name.split("/")[0] if "/" in name else "")
            found[kind].append((len(content), name))
    return sorted(sorted(pages)[-2:][0][1].removesuffix("index.html") for pages in found.values())


def all_templates() -> set[str]:
    """Every template that a page is made from, as the code names them."""
    code = (REPOSITORY / "plugins/postmortems/site").rglob("*.py")
    return {name for file in code for name in _MADE_FROM.findall(file.read_text(encoding="utf-8"))}


def laid_down(root: Path, files: dict[str, str]) -> KnowledgeBaseOnDisk:
    """A knowledge base with the looks of the demo."""
    theme = yaml.safe_load((DEMO / "mkdocs.yml").read_text(encoding="utf-8"))["theme"]
    kb = KnowledgeBaseOnDisk(root)
    kb.configure(**MATERIAL | {"theme": theme})
    kb.write({"schemas/policy.yaml": to_yaml(POLICY | {"search_switch_at": 1}), **files})
    return kb


def corner_site(root: Path) -> Site:
    """A site with what large ones have and what most never do: a search page, a year apart, a tombstone."""
    kb = laid_down(
        root,
        {
            "incidents/2026/2026-03-31-a.md": incident(),
            "incidents/2026/2026-03-30-b.md": incident({"title": "Another of the same year", "severity": "sev5"}),
            "incidents/2025/2025-03-30-c.md": incident({"title": "One of the year before", "trigger": "expiry"}),
            "incidents/2025/2025-03-29-d.md": incident(_WITHDRAWN),
        },
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incidents, "ON_ONE_PAGE", 1)
        return kb.build()


def previewed_site(root: Path) -> Site:
    """A preview, with its banner: of a draft, and of a file that can't be shown yet."""
    return laid_down(
        root,
        {
            "incidents/2026/2026-03-31-a.md": incident({"status": "draft", "published": None}),
            "incidents/2026/2026-03-30-b.md": incident({"sumary": "A slip of the keyboard."}),
        },
    ).preview()
