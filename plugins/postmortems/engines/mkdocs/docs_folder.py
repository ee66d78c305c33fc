"""Post-mortems get into a site by one door. The folder of hand-written pages is no second one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import InclusionLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from postmortems.conventions import KnowledgeBase

_HEAD = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"^[\"']?([a-z_-]+)[\"']?[ \t]*:", re.MULTILINE)
_OF_RECORDS = {"severity", "times", "factors", "provenance", "impact"}
# Lines that take in other files: snippets of PyMdown, include-markdown, markdown-include, macros.
_INCLUDE = re.compile(r"-8<-|;--8<--|\{%-?\s*include|\{!|\{\{[^}]*include")
_PATH = re.compile(r"[^\s\"'`{}!%()<>,;:]+\.[A-Za-z]+")


def records_in_docs(files: Files, config: MkDocsConfig, base: KnowledgeBase) -> Iterator[tuple[File, str]]:
    """Files of the docs folder that would publish a post-mortem past its door, each with the reason in words."""
    incidents = Path(os.path.realpath(base.incidents))
    for file in list(files):
        if file.inclusion == InclusionLevel.EXCLUDED or not file.abs_src_path or file.generated_by:
            continue
        if Path(os.path.realpath(file.abs_src_path)).is_relative_to(incidents):
            yield file, "lies in incidents/, which the docs folder holds or links to"
        elif file.is_documentation_page():
            text = Path(file.abs_src_path).read_text(encoding="utf-8", errors="replace")
            if _has_head_of_a_record(text):
                yield file, "has the front matter of a post-mortem"
            elif taken := _taken_in(text, Path(file.abs_src_path).parent, config, incidents):
                yield file, f"takes in the text of `{taken}`"


def _has_head_of_a_record(text: str) -> bool:
    head = _HEAD.match(text)
    keys = set(_KEY.findall(head[1])) if head else set()
    return "tlp" in keys or ("schema" in keys and not keys.isdisjoint(_OF_RECORDS))


def _taken_in(text: str, folder: Path, config: MkDocsConfig, incidents: Path) -> str:
    """The first file below `incidents/` whose text a page takes in; empty where there is none."""
    if not _INCLUDE.search(text):
        return ""
    snippets = config.mdx_configs.get("pymdownx.snippets", {}).get("base_path", ["."])
    roots = [
        folder,
        Path(config.docs_dir),
        incidents.parent,
        Path.cwd(),
        *(Path(root) for root in ([snippets] if isinstance(snippets, str) else snippets)),
    ]
    for line in text.splitlines():
        names = _PATH.findall(line)
        if names and (_INCLUDE.search(line) or line.strip() == names[0]):
            for name in map(str, names):
                if any(_is_below(root / name, incidents) for root in roots):
                    return name
    return ""


def _is_below(path: Path, folder: Path) -> bool:
    return path.is_file() and Path(os.path.realpath(path)).is_relative_to(folder)
