"""The tree's pages and assets as files of MkDocs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel

from postmortems.engines.mkdocs.pages import RecordPage, TreePage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from postmortems.conventions import KnowledgeBase
    from postmortems.site import SiteTree


def add_files(tree: SiteTree, files: Files, config: MkDocsConfig, base: KnowledgeBase) -> Files:
    """Add everything of the tree; none of it is put into the navigation by MkDocs itself.

    Raises PluginError where a hand-written page stands in the place of a record.
    """
    for uri, page in tree.pages.items():
        file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(file)
        TreePage(page, file, config)
    for uri, incident in tree.incidents.items():
        if files.get_file_from_path(uri):
            raise PluginError(f"docs/{uri} stands in the place of the post-mortem {uri}; move it elsewhere")
        file = File(
            uri,
            src_dir=str(base.root),
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        # Edit links start from docs/, which the records lie beside. To be set before the page is made.
        file.edit_uri = f"../{uri}"
        files.append(file)
        RecordPage(incident, file, config)
    for uri, asset in tree.assets.items():
        if asset.content is not None:
            files.append(File.generated(config, uri, content=asset.content))
        elif asset.path is not None:
            files.append(File.generated(config, uri, abs_src_path=str(asset.path)))
    return files
