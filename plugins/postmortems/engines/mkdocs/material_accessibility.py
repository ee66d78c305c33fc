"""Add the accessible names that the theme leaves out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import escape
from mkdocs.structure.nav import Section

from postmortems.texts import gettext

if TYPE_CHECKING:
    from mkdocs.structure.nav import Navigation

# The theme names the list below a section by a label, which is empty if the section has its own page.
_BELOW = re.compile(r'aria-labelledby="__nav_(\d+(?:_\d+)*)_label"')
_PATH = re.compile(r'(<nav class="md-path" aria-label=")[^"]*"')
_DIALOG = '<div class="md-search" data-md-component="search" role="dialog">'


def improve_accessibility(html: str, nav: Navigation) -> str:
    """A page of the theme with names for its breadcrumbs, search and menus; one of another theme as it is."""
    trail, search = escape(gettext("Breadcrumbs")), escape(gettext("Search"))
    html = _PATH.sub(lambda match: f'{match[1]}{trail}"', html, count=1)
    html = html.replace(_DIALOG, f'{_DIALOG[:-1]} aria-label="{search}">', 1)
    return _BELOW.sub(lambda match: _named(match, nav), html)


def _named(match: re.Match[str], nav: Navigation) -> str:
    """The label of a list by the title of its section, which the theme numbers by its places in the menu."""
    items = nav.items
    title = ""
    for place in match[1].split("_"):
        if not 0 < int(place) <= len(items):
            return match[0]
        item = items[int(place) - 1]
        title = str(item.title)
        items = item.children if isinstance(item, Section) else []
    return f'aria-label="{escape(title)}"'
