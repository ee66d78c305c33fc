"""The plugin's hooks: what happens when. How it is done stands in the other files of this room."""

from __future__ import annotations

import logging
import re
from functools import partial
from typing import TYPE_CHECKING

import click
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from postmortems.corpus import Audience
from postmortems.engines.mkdocs import (
    alternate_links,
    content_security,
    leak_check,
    loading,
    navigation,
    search_index,
)
from postmortems.engines.mkdocs.docs_folder import records_in_docs
from postmortems.engines.mkdocs.errors import plain_errors
from postmortems.engines.mkdocs.files import add_files
from postmortems.engines.mkdocs.forge import on_forge
from postmortems.engines.mkdocs.links import LinksExtension
from postmortems.engines.mkdocs.material_accessibility import improve_accessibility
from postmortems.engines.mkdocs.pages import RecordPage, TreePage, uris_of
from postmortems.exports import Addresses
from postmortems.rules import all_rules
from postmortems.runtime.clock import as_of
from postmortems.runtime.extras import MissingExtraError, require
from postmortems.site import STYLESHEET, Layout, Origin, SectionsExtension, SiteTree, build_site
from postmortems.texts import use_language
from postmortems.withheld_references import hide_links

if TYPE_CHECKING:
    from typing import Literal

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from postmortems.conventions import KnowledgeBase

log = logging.getLogger("mkdocs.plugins.postmortems")

_BLOCK = re.compile(r"<!--\s*postmortems:\s*([a-z-]+)\s*-->")


class PluginOptions(Config):  # type: ignore[no-untyped-call] # MkDocs left its __init_subclass__ untyped
    """The options of the plugin in `mkdocs.yml`."""

    audience = config_options.Choice(("", *Audience), default="")
    """For whom the site is built; by default as policy.yaml says, and the organisation in a preview."""

    parquet = config_options.Type(bool, default=False)
    """Whether the site has its data as Parquet too, which needs the extra of that name."""

    content_security = config_options.Type(bool, default=True)
    """Whether the pages of a build forbid what does not belong to the site: its scripts, fonts, pictures."""

    nav = config_options.Choice(("auto", "manual"), default="auto")
    """`manual` leaves the navigation as it is in `mkdocs.yml`."""


class PostmortemsPlugin(BasePlugin[PluginOptions]):  # type: ignore[no-untyped-call] # as above
    """Reads `incidents/` and `schemas/` beside `mkdocs.yml`, and adds their pages to the site."""

    def __init__(self) -> None:
        """Start without a build."""
        self._preview = False
        self._prepared: loading.Prepared | None = None
        self._tree: SiteTree | None = None
        self._nav: Navigation | None = None
        self._page: Page | None = None
        self._files: Files | None = None
        self._policy = ""

    # Its presence keeps this instance, and with it the kind of command, alive across the rebuilds of a preview.
    # `serve --clean` says `build` here, so click is asked which command it is.
    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Tell a preview from a build."""
        context = click.get_current_context(silent=True)
        self._preview = command == "serve" or (context is not None and context.info_name == "serve")

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch the records, add the stylesheet and the Markdown extensions."""
        if self.config.parquet:
            try:
                require("parquet", "Parquet")
            except MissingExtraError as error:
                raise PluginError(f"the option `parquet: true` of the plugin: {error}") from error
        base = loading.knowledge_base(config)
        docs = loading.docs_place(config, base)
        config.watch.extend(str(folder) for folder in (base.incidents, base.schemas) if folder.is_dir())
        config.mdx_configs.setdefault("tables", {})["use_align_attribute"] = True  # the other way is a style
        if self._is_secured:
            content_security.prepare(config)
            for fault in content_security.forbidden(config):
                log.warning("%s, or set `content_security: false` of this plugin", fault)
        config.extra_css.insert(0, STYLESHEET)
        config.extra_javascript.append("assets/postmortems/reachable.js")
        config.markdown_extensions.append(LinksExtension(self._current, base.root, docs, self._withheld))  # type: ignore[arg-type] # MkDocs hands instances on to Markdown
        config.markdown_extensions.append(SectionsExtension(self._layout))  # type: ignore[arg-type] # as above
        return config

    @plain_errors()
    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Read and judge everything. Errors stop a build; a preview shows them and goes on."""
        try:
            now = as_of()
        except ValueError as error:
            raise PluginError(str(error)) from error
        self._policy = ""
        self._prepared = loading.prepare(
            config, self.config.audience, now, preview=self._preview, before=self._prepared
        )
        fault = loading.language_fault(config, self._prepared.conventions.policy.language)
        if fault:
            log.warning(fault)

    # Early, so that plugins which look at all files see these too.
    @event_priority(50)
    @plain_errors()
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Build the tree of pages and add it to the files of the site."""
        prepared = self._prepared
        assert prepared is not None  # noqa: S101 - MkDocs calls on_pre_build first
        docs = loading.docs_place(config, prepared.base)
        self._keep_records_out_of(files, config, prepared.base)
        self._tree = build_site(
            prepared.corpus,
            prepared.conventions,
            prepared.base,
            as_of=prepared.as_of,
            rules=all_rules(prepared.conventions),
            preview=self._preview,
            faults=prepared.faults,
            addresses=Addresses.of(config.site_url, folders=config.use_directory_urls),
            parquet=self.config.parquet,
            own_pages={uri for file in files.documentation_pages() for uri in uris_of(file)},
            templates=loading.own_templates(config),
            due_dates=prepared.due_dates,
            origin=Origin(config.site_name, partial(on_forge, config=config, docs=docs)),
        )
        if self._tree.has_search:
            search_index.take_over(config)
        self._files = add_files(self._tree, files, config, prepared.base, docs=docs)
        return self._files

    def _keep_records_out_of(self, files: Files, config: MkDocsConfig, base: KnowledgeBase) -> None:
        """End a build whose docs folder would publish post-mortems whole; a preview leaves such files out."""
        faults = list(records_in_docs(files, config, base))
        if not faults:
            return
        lines = [f"  {file.src_uri} {reason}" for file, reason in faults]
        message = (
            "these files of the docs folder would publish a post-mortem whole, whatever its TLP mark says:\n"
            + "\n".join(lines)
            + "\nMove post-mortems to incidents/ beside mkdocs.yml, and link to their pages."
        )
        if not self._preview:
            raise PluginError(message)
        log.error("Left out: %s", message)
        for file, _ in faults:
            files.remove(file)

    # Late, so that a navigation which other plugins made is complete.
    @event_priority(-50)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the listings into the navigation, and every page under its listing."""
        assert self._tree is not None  # noqa: S101 - MkDocs calls on_files first
        self._nav = navigation.arrange(nav, self._tree, config, files, manual=self.config.nav == "manual")
        return self._nav

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:
        """Remember the page, for the Markdown extensions."""
        self._page = page
        return page

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the blocks where hand-written pages ask for them, and the banner above every page."""
        tree = self._tree
        assert tree is not None  # noqa: S101 - MkDocs calls on_files first
        if not isinstance(page, TreePage | RecordPage):
            html = _BLOCK.sub(lambda match: _block(tree, match, page, files), html)
        assert self._prepared is not None  # noqa: S101 - as above
        html = tree.banner + hide_links(html, self._prepared.corpus.references)
        return search_index.to_be_found(html) if tree.has_search and not page.meta.get("search") else html

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Add missing accessible names, and links to other forms of the page and the site."""
        assert self._tree is not None  # noqa: S101 - MkDocs calls on_files first
        assert self._files is not None  # noqa: S101 - as above
        own = page.incident_page.alternates if isinstance(page, RecordPage) else ()
        linked = alternate_links.with_alternates(output, (*own, *self._tree.alternates), page.file, self._files)
        return self._secured(self._mended(linked))

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages that are no documents, such as `404.html`."""
        if not template_name.endswith(".html"):
            return output
        output = self._mended(output)
        if template_name == content_security.SOURCE and self._is_secured:
            wasm = self._tree is not None and self._tree.has_search
            self._policy = content_security.policy_for(output, webassembly=wasm)
        return self._secured(output)

    @property
    def _is_secured(self) -> bool:
        """Whether there is a policy: not in a preview, whose server puts a script of its own into pages."""
        return self.config.content_security and not self._preview

    def _secured(self, output: str) -> str:
        return content_security.with_policy(output, self._policy) if self._policy else output

    def _mended(self, output: str) -> str:
        if self._nav is None or self._tree is None:
            return output
        with use_language(self._tree.texts):
            return improve_accessibility(output, self._nav)

    # Last, so that what other plugins write is searched too.
    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Make the index of the search page, in a preview too, and search what a build wrote for leaks."""
        if self._tree and self._tree.has_search:
            search_index.build_index(config)
        if self._tree and self._prepared and not self._preview:
            leak_check.check(config, self._prepared, self._tree)

    def on_page_context(
        self,
        context: TemplateContext,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> TemplateContext:
        """Give templates the record, so that a theme may show more of it."""
        if isinstance(page, RecordPage):
            context["incident"] = page.record  # type: ignore[typeddict-unknown-key] # templates take any key
        return context

    def _current(self) -> tuple[Page, Files] | None:
        return (self._page, self._files) if self._page and self._files else None

    def _layout(self) -> Layout | None:
        return self._page.layout if isinstance(self._page, RecordPage) else None

    def _withheld(self) -> frozenset[str]:
        return self._prepared.withheld if self._prepared else frozenset()


def _block(tree: SiteTree, match: re.Match[str], page: Page, files: Files) -> str:
    name = match[1]
    if name not in tree.blocks:
        log.warning(
            "Doc file '%s' asks for the block '%s'; expected one of: %s",
            page.file.src_uri,
            name,
            ", ".join(tree.blocks),
        )
        return ""
    return tree.blocks[name](lambda uri: TreePage.address(uri, page.file, files))
