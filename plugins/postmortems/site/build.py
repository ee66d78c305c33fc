"""Corpus to SiteTree: which pages there are, where they lie, and how they hang together."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING

from postmortems.analysis import factor_uses, needs_attention
from postmortems.analysis.services import service_uses
from postmortems.corpus import Audience
from postmortems.exports import Addresses, ExportContext, Tables, published_files
from postmortems.rendering.addresses import service_uris
from postmortems.rendering.context import SiteContext
from postmortems.rendering.forge_links import Origin
from postmortems.rendering.render import render
from postmortems.site import build_record
from postmortems.site.causes import Causes, causes_of
from postmortems.site.export_assets import export_assets, site_alternates
from postmortems.site.menu import MENU
from postmortems.site.pages import (
    brief,
    data,
    did_it_work,
    evidence,
    follow_through,
    home,
    lessons,
    method,
    precedents,
    search,
    services,
)
from postmortems.site.pages.factors import factor, factors
from postmortems.site.pages.incidents import incidents
from postmortems.site.pages.incidents.incident import incident_page, tombstone_page
from postmortems.site.pages.measures import frequency, timing
from postmortems.site.pages.reference import fields
from postmortems.site.pages.reference import rules as rule_pages
from postmortems.site.pages.reviews import readiness, review
from postmortems.site.pages.reviews import sheets as sheet_pages
from postmortems.site.pictures import pictures
from postmortems.site.plugin_pages import plugin_pages, with_plugin_pages
from postmortems.site.tree import Asset, IncidentPage, Page, SiteTree
from postmortems.texts import _, load_texts, use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime
    from pathlib import Path

    from postmortems.analysis.related.related_incidents import Neighbourhood
    from postmortems.conventions import Conventions, KnowledgeBase
    from postmortems.corpus import Corpus
    from postmortems.due_date_history import DueDates
    from postmortems.findings import Finding
    from postmortems.rendering.figures import Link
    from postmortems.rules import Rule
    from postmortems.site.pages.reviews.sheets import Sheets
    from postmortems.site.tree import Menu

STYLESHEET = "assets/postmortems/postmortems.css"
_SCRIPTS = ("copy.js", "pick.js", "incidents.js", "search.js", "search-shortcut.js", "reachable.js")


@dataclass(frozen=True, slots=True)
class Faults:
    """What a preview shows of findings, by path: of files without a page, and `noted` on the pages of records."""

    by_path: Mapping[str, tuple[Finding, ...]]
    noted: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


def build_site(  # noqa: PLR0913 - the inputs of a site, all but three named
    corpus: Corpus,
    conventions: Conventions,
    base: KnowledgeBase,
    *,
    as_of: datetime,
    rules: Mapping[str, Rule],
    preview: bool = False,
    faults: Faults | None = None,
    own_pages: Collection[str] = (),
    templates: Path | None = None,
    addresses: Addresses | None = None,
    parquet: bool = False,
    due_dates: DueDates | None = None,
    origin: Origin | None = None,
) -> SiteTree:
    """Make the tree of a site.

    `own_pages` are uris of hand-written pages, which take the place of generated ones. `faults` are shown in place
    of records that can't be built. `templates` is a folder of templates that take the place of ours. `addresses`
    tell where the site will be, for links in exports, and `parquet` whether it has its data in that form too.
    `due_dates` are those that the history of the files tells, `origin` is the name of the site and where its files
    come from.
    """
    uses = {use.factor: use for use in factor_uses(corpus.records)}
    used = service_uses(corpus.records, conventions.policy, as_of)
    uris = service_uris(use.key for use in used)
    places = {use.key: (use, uris[use.key]) for use in used}
    texts = load_texts(conventions.policy.language, conventions.texts)
    where, whence = addresses or Addresses(), origin or Origin()
    context = SiteContext(
        corpus, conventions, as_of, uses, preview, texts, templates, due_dates, places, whence, where
    )
    tables = Tables(ExportContext(corpus, conventions, as_of, where))
    with use_language(texts):
        return _tree(context, base, tables, rules=rules, faults=faults, own_pages=own_pages, parquet=parquet)


def _tree(  # noqa: PLR0913 - as above
    context: SiteContext,
    base: KnowledgeBase,
    tables: Tables,
    *,
    rules: Mapping[str, Rule],
    faults: Faults | None,
    own_pages: Collection[str],
    parquet: bool,
) -> SiteTree:
    corpus, conventions, as_of = context.corpus, context.conventions, context.as_of
    attention = needs_attention(corpus.records, conventions.policy, as_of)
    exports = published_files(tables, parquet=parquet)
    record = Asset(build_record.PLACE, content=build_record.build_record(tables.context, base.root))
    similar, sheets = _neighbourhoods(context), sheet_pages.sheets(context.records)
    causes = causes_of(context)
    made: list[Page] = [
        home.page(context, attention, causes),
        *incidents.pages(context),
        factors.page(context, causes),
        *(factor.page(context, use, causes) for use in context.uses.values()),
        *services.pages(context, causes),
        *lessons.pages(context),
        *precedents.pages(context),
        timing.page(context),
        did_it_work.page(context),
        follow_through.page(context),
        frequency.page(context),
        review.page(context, sheets),
        readiness.page(context, sheets),
        *sheet_pages.pages(context, sheets, similar),
        *brief.pages(context, causes),
        *evidence.pages(context),
        method.page(context),
        *search.pages(context),
        data.page(context, tables, parquet=parquet),
        *rule_pages.pages(context, rules),
        fields.page(context),
        *(tombstone_page(context, record) for record in corpus.tombstones),
        *(_fault_page(context, path, findings) for path, findings in (faults.by_path if faults else {}).items()),
    ]
    records = {page.uri: page for page in _incident_pages(context, faults, similar, sheets)}
    added = plugin_pages(context, {*(page.uri for page in made), *records})
    pages = {page.uri: page for page in (*made, *(page for _, page in added)) if page.uri not in own_pages}
    return SiteTree(
        pages=pages,
        incidents=records,
        assets={asset.uri: asset for asset in (*_assets(context, base), *export_assets(exports), record)},
        menu=with_plugin_pages(_menu({*pages, *own_pages}), (page for page, _ in added)),
        alternates=site_alternates(exports),
        blocks=_blocks(context, attention, causes),
        banner=_banner(context, faults),
        texts=context.texts,
    )


def _menu(present: Collection[str]) -> Menu:
    """The menu with the listings that this site has; headings that have none are left out."""
    kept = (
        (_(heading), tuple((uri, _(label)) for uri, label in entries if uri in present))
        for heading, entries in MENU
    )
    return tuple((heading, entries) for heading, entries in kept if entries)


def _neighbourhoods(context: SiteContext) -> dict[str, Neighbourhood]:
    """What stands beside each record, by its id."""
    from postmortems.analysis.related.related_incidents import Similarity  # heavy, so only where pages are made

    return dict(Similarity(context.corpus, context.conventions.vocabulary).neighbourhoods())


def _incident_pages(
    context: SiteContext, faults: Faults | None, similar: Mapping[str, Neighbourhood], sheets: Sheets
) -> list[IncidentPage]:
    """The pages of all records, newest first, each with its neighbours in time and with what is like it."""
    uris = [record.source.path for record in context.records]
    noted = faults.noted if faults else {}
    return [
        incident_page(
            context,
            record,
            similar[record.id],
            previous=uris[position + 1] if position + 1 < len(uris) else "",
            following=uris[position - 1] if position else "",
            sheets=sheets.of(record),
            findings=noted.get(record.source.path, ()),
        )
        for position, record in enumerate(context.records)
    ]


def _assets(context: SiteContext, base: KnowledgeBase) -> list[Asset]:
    """The stylesheet, the scripts, and the pictures that lie in the folders of records which are shown."""
    ours = files("postmortems.site").joinpath("assets")
    assets = [
        Asset(f"assets/postmortems/{name}", content=ours.joinpath(name).read_bytes())
        for name in ("postmortems.css", *_SCRIPTS)
    ]
    for record in context.records:
        if record.folder:
            folder = (base.root / record.source.path).parent
            assets += pictures(folder, base)
    return assets


def _fault_page(context: SiteContext, path: str, findings: tuple[Finding, ...]) -> Page:
    name = path.rsplit("/", 1)[-1]
    return Page(
        uri=path,
        title=_("%(name)s can't be shown yet") % {"name": name},
        description="",
        template="fault.html",
        context={"site": context, "path": path, "findings": findings},
        section="incidents/index.md",
        searchable=False,
    )


def _blocks(context: SiteContext, attention: object, causes: Causes) -> dict[str, Callable[[Link], str]]:
    def block(name: str) -> Callable[[Link], str]:
        given = {"site": context, "attention": attention}
        return lambda link: render(f"blocks/{name}.html", given | home.block_context(context, causes), link).html

    return {name: block(name) for name in ("overview", "attention", "newest", "recurring", "browse")}


def _banner(context: SiteContext, faults: Faults | None) -> str:
    """What stands above every page of a site that is not for everyone."""
    if not context.preview and context.corpus.audience == Audience.PUBLIC:
        return ""
    count = len(faults.by_path) if faults else 0
    given = {"site": context, "faults": count, "audience": context.corpus.audience.value}
    return render("banner.html", given, lambda uri: uri).html
