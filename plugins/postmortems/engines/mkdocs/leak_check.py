"""The leak check at the end of a build: what was written is searched for what its audience may not see."""

from __future__ import annotations

import os
from functools import cached_property
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from postmortems.leaks import Kind, Vocabulary, find_leaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig

    from postmortems.engines.mkdocs.loading import Prepared
    from postmortems.leaks import Secret
    from postmortems.site import SiteTree

_MOST_LISTED = 20
# What makes pages, whose words get into them: class names, labels, names of attributes.
_MAKERS = ("postmortems", "mkdocs", "material", "markdown", "pymdownx")
_MADE_OF = {".html", ".po", ".py", ".xml", ".yaml", ".yml"}
_NOT_MADE_OF = {".icons", "__pycache__", "assets"}


def check(config: MkDocsConfig, prepared: Prepared, tree: SiteTree) -> None:
    """Raise PluginError where the site holds what is withheld from its audience; nothing is deleted."""
    written = Vocabulary(_hand_written(config))
    secrets = [each for each in prepared.secrets if each.kind != Kind.WORD or not written.has(each.text)]
    innocent = _InUse(config, tree)
    leaks = find_leaks(Path(config.site_dir), secrets, frozenset(prepared.corpus.by_id), innocent.has)
    found = [str(leak) for leak in islice(leaks, _MOST_LISTED)]
    if found:
        raise PluginError(
            f"this site would leak what its audience ({prepared.corpus.audience}) may not see. Do not publish "
            f"{config.site_dir}; its files are left as they are. Found, the first {_MOST_LISTED} at most:\n"
            + "\n".join(f"  {leak}" for leak in found)
            + "\nRemove it from the page, template or file that it comes from. Words of hand-written pages and of "
            "records that are shown count as public: if a word found is no secret, use it in one of them."
        )


def _hand_written(config: MkDocsConfig) -> Iterator[str]:
    docs = Path(config.docs_dir)
    for path in docs.rglob("*.md"):
        yield path.relative_to(docs).as_posix()
        yield path.read_text(encoding="utf-8", errors="replace")
    if config.config_file_path:
        yield Path(config.config_file_path).read_text(encoding="utf-8", errors="replace")


class _InUse:
    """Words of the theme, of this package and others that make pages, and of what is attached to shown records.

    Texts count too where this package has them, such as the examples of its rules. All are read only once
    something is found that may be such.
    """

    def __init__(self, config: MkDocsConfig, tree: SiteTree) -> None:
        own = config.theme.custom_dir
        self._themes = [Path(folder) for folder in config.theme.dirs if not own or not _same(folder, own)]
        self._attached = [asset.path for asset in tree.assets.values() if asset.path is not None]

    def has(self, secret: Secret) -> bool:
        if secret.kind == Kind.WORD:
            return self._vocabulary.has(secret.text)
        return secret.text in self._own_texts

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        folders = {*self._themes, *(folder for name in _MAKERS for folder in _folders_of(name))}
        return Vocabulary(_read([*self._attached, *(path for folder in folders for path in _below(folder))]))

    @cached_property
    def _own_texts(self) -> str:
        texts = _read(path for folder in _folders_of("postmortems") for path in _below(folder))
        return " ".join(word for text in texts for word in text.split())


def _folders_of(package: str) -> list[Path]:
    spec = find_spec(package)
    return [Path(place) for place in spec.submodule_search_locations or ()] if spec else []


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = set(folders) - _NOT_MADE_OF
        yield from (path for path in map(Path(place).joinpath, names) if path.suffix in _MADE_OF)


def _read(paths: Iterable[Path]) -> Iterator[str]:
    return (path.read_text(encoding="utf-8", errors="replace") for path in paths)


def _same(folder: str, other: str) -> bool:
    return Path(folder).resolve() == Path(other).resolve()
