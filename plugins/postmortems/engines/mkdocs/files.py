"""The tree's pages and assets as files of MkDocs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel

from postmortems.engines.mkdocs.errors import plain_errors
from postmortems.engines.mkdocs.forge import edit_place, straight
from postmortems.engines.mkdocs.pages import RecordPage, TreePage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from postmortems.conventions import KnowledgeBase
    from postmortems.site import Asset, SiteTree


def add_files(tree: SiteTree, files: Files, config: MkDocsConfig, base: KnowledgeBase, *, docs: str) -> Files:
    """Add everything of the tree; none of it is put into the navigation by MkDocs itself.

    `docs` is the place of the hand-written pages in the knowledge base. Raises PluginError where one of them would
    come out in the same place as a page of the tree.
    """
    taken = {file.dest_uri: file.src_uri for file in files.documentation_pages()}
    for uri, page in tree.pages.items():
        file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        _add(file, files, taken)
        TreePage(page, file, config)
    for uri, incident in tree.incidents.items():
        file = File(
            uri,
            src_dir=str(base.root),
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        file.edit_uri = edit_place(uri, docs)  # before the page is made
        _add(file, files, taken)
        made = RecordPage(incident, file, config)
        made.edit_url = straight(made.edit_url, docs) or None
    own = {file.dest_uri for file in files if file.inclusion != InclusionLevel.EXCLUDED}
    for asset in tree.assets.values():
        if asset.dest not in own:  # else the owner has a file of that name, which takes the place of ours
            _replace(_asset_file(asset, config), files)
    return files


def _add(file: File, files: Files, taken: Mapping[str, str]) -> None:
    """Add a file, in the place of one that the owner excludes from the site."""
    other = taken.get(file.dest_uri)
    if other:
        raise PluginError(
            f"docs/{other} would come out at {file.url}, in the place of {file.src_uri}: move or rename it"
        )
    _replace(file, files)


def _replace(file: File, files: Files) -> None:
    excluded = files.get_file_from_path(file.src_uri)
    if excluded:
        files.remove(excluded)
    files.append(file)


class _MadeFile(File):
    """A file whose content is made as it is written, so that thousands are never held at once."""

    make: Callable[[], bytes]

    @property  # type: ignore[misc] # it can't be set: `make` says what it is
    def content_bytes(self) -> bytes:
        """The content, for plugins that look at it."""
        return self.make()

    @plain_errors()
    def copy_file(self, dirty: bool = False) -> None:
        """Write the file."""
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.make())


def _asset_file(asset: Asset, config: MkDocsConfig) -> File:
    if asset.path is not None:
        return File.generated(config, asset.uri, abs_src_path=str(asset.path))
    if asset.make is None:
        return File.generated(config, asset.uri, content=asset.content or b"")
    file = _MadeFile.generated(config, asset.uri, content=b"")
    assert isinstance(file, _MadeFile)  # noqa: S101 - for the type checker: `generated` makes one of its class
    file.make, file.dest_uri = asset.make, asset.dest
    return file
