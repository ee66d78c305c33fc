"""Search: the theme's own for small sites; for larger ones Pagefind, whose index is fetched in small parts.

Pagefind indexes the pages as they are built, below `data-pagefind-body`, so that no theme's menus are in it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

FOLDER = "pagefind"
SHORTCUT = "assets/postmortems/search-shortcut.js"

_THEMES_OWN = ("search", "material/search")
# Parts of pages that are not content: heading anchors, and lists that repeat other pages.
_LEFT_OUT = (".headerlink", "[data-search-exclude]", ".pm-legend", "script")


def take_over(config: MkDocsConfig) -> None:
    """Leave out the theme's search, whose one index grows with the site, and let `/` lead to the search page."""
    for name in _THEMES_OWN:
        plugin = config.plugins.pop(name, None)
        if plugin is not None:
            for methods in config.plugins.events.values():
                methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]
    config.extra_javascript.append(SHORTCUT)


def to_be_found(html: str) -> str:
    """The content of a page, marked as what Pagefind is to index."""
    return f"<div data-pagefind-body>\n{html}\n</div>"


def build_index(config: MkDocsConfig) -> None:
    """Index the pages of a site that has been built. Raises PluginError where Pagefind can't."""
    site = Path(config.site_dir)
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    command = [
        *(sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", FOLDER, "--silent"),
        *(part for selector in _LEFT_OUT for part in ("--exclude-selectors", selector)),
        *(("--keep-index-url",) if not config.use_directory_urls else ()),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode or not (site / FOLDER / "pagefind.js").is_file():
        raise PluginError(f"Pagefind could not index the site: {(run.stderr or run.stdout).strip()}")
