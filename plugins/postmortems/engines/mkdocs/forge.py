"""The pages of a forge on a file of the knowledge base, from `repo_url` and `edit_uri` as MkDocs reads them."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from postmortems.site import OnForge

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# What in the address of a file becomes what in that of its history. The part before is the repository, which has
# an owner at least, so that neither is mistaken for what follows them.
_REPOSITORY = r"^(https?://[^/?#]+(?:/[^/?#]+){2,}?)"
_HISTORIES = (
    (re.compile(rf"{_REPOSITORY}/(?:_edit|src/branch)/(?=[^?#]+$)"), r"\1/commits/branch/"),  # Gitea and Forgejo
    (re.compile(r"^(https://bitbucket\.org/[^/]+/[^/]+)/src/(?=[^?#]+$)"), r"\1/history-node/"),
    (re.compile(rf"{_REPOSITORY}/(?:edit|blob|tree|raw)/(?=[^?#]+$)"), r"\1/commits/"),  # GitHub and GitLab
)


def edit_place(path: str, docs: str) -> str:
    """The place of a file as edit links are made from it: they start at the folder of hand-written pages."""
    return posixpath.relpath(path, docs or "docs")


def on_forge(path: str, config: MkDocsConfig, docs: str) -> OnForge:
    """Where the forge of `mkdocs.yml` lets the file with this path be edited, and where it tells its history.

    `docs` is the place of the hand-written pages in the knowledge base. Nothing where `mkdocs.yml` names no forge,
    and no history where the address is of no form that is known here.
    """
    file = File(path, "", "", use_directory_urls=config.use_directory_urls)
    file.edit_uri = edit_place(path, docs)
    edit = straight(Page(None, file, config).edit_url, docs)
    return OnForge(edit, history_of(edit)) if edit else OnForge()


def history_of(edit: str) -> str:
    """The history of a file by the address at which it is edited or shown; empty where its form is not known."""
    for form, history in _HISTORIES:
        if form.match(edit):
            return form.sub(history, edit)
    return ""


def straight(address: str | None, docs: str) -> str:
    """An address without a detour through docs/, which no forge follows where the path is part of a query."""
    if not address:
        return ""
    up = "../" * (docs.count("/") + 1)
    for way in (up, quote(up, safe="")):
        address = address.replace(f"{docs}/{way}", "", 1)
    return address
