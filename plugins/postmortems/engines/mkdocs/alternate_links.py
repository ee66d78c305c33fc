"""Add links to other forms of a page to its head, whatever the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.structure.files import File, Files

    from postmortems.site import Alternate

_END = "</head>"
# Material takes every `link[rel=alternate]` for another language of the site and fetches the sitemap beside it, on
# each page. The space keeps it from that; to all who read the attribute as HTML says, it means the same.
_REL = "alternate "


def with_alternates(html: str, alternates: Iterable[Alternate], here: File, files: Files) -> str:
    """A page whose head names the other forms of it that there are; a page without a head is left as it is."""
    links = (
        Markup('<link rel="{}" type="{}" title="{}" href="{}">').format(
            _REL, each.type, each.title, file.url_relative_to(here)
        )
        for each in alternates
        if (file := files.get_file_from_path(each.uri))
    )
    return html.replace(_END, f"{Markup().join(links)}{_END}", 1)
