"""Sites made from small knowledge bases without MkDocs: their trees, and all pages rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import yaml
from markdown import Markdown

from postmortems.conventions import Conventions, KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.rules import all_rules
from postmortems.site import IncidentPage, Layout, Rendered, SectionsExtension, SiteTree, build_site, sanitise
from postmortems.site.sections import fill, prepared
from sites import AS_OF, DEMO, DEMO_EPOCH, POLICY, parse, to_yaml, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from postmortems.site import Heading
    from sites import Node

MakeTree = Callable[..., SiteTree]

# Read once for all knowledge bases that have the same files of their own.
_CONVENTIONS: dict[tuple[str, ...], Conventions] = {}


def make_tree(
    root: Path,
    files: Mapping[str, str | bytes],
    *,
    audience: str = "public",
    policy: Mapping[str, Any] = POLICY,
    as_of: datetime = AS_OF,
    **options: Any,
) -> SiteTree:
    """The tree of a knowledge base with these files, under the policy of Example Bank."""
    base = KnowledgeBase(write(root, {"schemas/policy.yaml": to_yaml(policy), **files}))
    own = tuple(path.read_text(encoding="utf-8") for path in sorted(base.schemas.iterdir()))
    conventions = _CONVENTIONS.get(own) or load_conventions(base)[0]
    assert conventions, load_conventions(base)[1]
    _CONVENTIONS[own] = conventions
    library = read_library(base, conventions)
    unread = [finding.message for reading in library.readings for finding in reading.findings]
    assert not unread
    corpus = open_corpus(library, conventions, Audience(audience), preview=options.get("preview", False))
    return build_site(corpus, conventions, base, as_of=as_of, rules=all_rules(conventions), **options)


def make_demo(
    root: Path, files: Mapping[str, str | bytes], *, policy: Mapping[str, Any], **options: Any
) -> SiteTree:
    """The tree of the demo, with these files beside its own and these entries of its policy changed."""
    decided = yaml.safe_load((DEMO / "schemas/policy.yaml").read_text(encoding="utf-8"))
    records = {
        path.relative_to(DEMO).as_posix(): path.read_bytes() for path in sorted((DEMO / "incidents").rglob("*.md"))
    }
    as_of = datetime.fromtimestamp(int(DEMO_EPOCH), UTC)
    return make_tree(root, records | dict(files), policy=decided | dict(policy), as_of=as_of, **options)


@dataclass(frozen=True)
class RenderedPage:
    """A page as HTML and parsed, the headings it reports, and the uris it asked the addresses of."""

    html: str
    node: Node
    headings: list[Heading] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def render_all(tree: SiteTree) -> dict[str, RenderedPage]:
    """Every page of a tree; an address is a slash and the uri. The banner is a page of its own.

    Of the pages of rules, which are the same for every knowledge base, only one: test_reference_pages.py has all.
    """
    pages: dict[str, RenderedPage] = {}
    for uri, page in (*tree.pages.items(), *tree.incidents.items()):
        if uri.startswith("method/rules/") and uri not in {"method/rules/index.md", "method/rules/T08.md"}:
            continue
        asked: list[str] = []

        def link(target: str, asked: list[str] = asked) -> str:
            asked.append(target)
            return f"/{target}"

        parts = _incident(page, link) if isinstance(page, IncidentPage) else [page.render(link)]
        html = "\n".join(part.html for part in parts)
        pages[uri] = RenderedPage(html, parse(html), [h for part in parts for h in part.headings], asked)
    for name, block in tree.blocks.items():
        asked = []

        def link_of_block(target: str, asked: list[str] = asked) -> str:
            asked.append(target)
            return f"/{target}"

        html = block(link_of_block)
        pages[f"block {name}"] = RenderedPage(html, parse(html), [], asked)
    pages["banner"] = RenderedPage(tree.banner, parse(tree.banner))
    return pages


def _incident(page: IncidentPage, link: Callable[[str], str]) -> list[Rendered]:
    """What an engine makes of an incident: its head, its prose with the data put in, and its foot."""
    head, foot = page.head(link), page.foot(link)
    blocks = {section: page.block(section, link) for section in page.present}
    anchors = frozenset[str]().union(*(part.anchors for part in (head, *blocks.values(), foot)))
    layout = Layout(page.present, anchors, page.titles)
    converter = Markdown(extensions=[SectionsExtension(lambda: layout), "toc", "tables", "footnotes"])
    prose = fill(converter.convert(prepared(page.record.body)), lambda section: blocks[section].html, sanitise)
    return [head, Rendered(prose, ()), foot]
