"""A policy of content security in the head of every page that is built: only what belongs to the site may act.

Were markup of an author ever to get through, a browser would still run none of it and fetch nothing for it. The
theme's own inline scripts are allowed by their hashes. Those are taken from `404.html` alone: a page with texts of
authors would lend its hashes to whatever had slipped into it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

SOURCE = "404.html"
# Browsers look for the encoding first, so the policy comes after it.
_START = re.compile(r"<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)
_ACTS = frozenset({"", "text/javascript", "application/javascript", "module"})


def prepare(config: MkDocsConfig) -> None:
    """Make the theme's scripts the same on all pages: else one of them tells how deep its page lies."""
    config.extra.setdefault("scope", urlsplit(config.site_url or "").path or "/")


def forbidden(config: MkDocsConfig) -> Iterator[str]:
    """Settings of the owner that the content security policy forbids, in words."""
    addresses = [*(str(script) for script in config.extra_javascript), *config.extra_css]
    for address in addresses:
        if urlsplit(address).netloc:
            yield f"{address} is fetched from another host; put the file into the site"
    if config.theme.name == "material" and config.theme.get("font") is not False:
        yield "the theme's fonts are fetched from another host; set `font: false` below `theme`"


def policy_for(source: str, *, webassembly: bool) -> str:
    """The policy of a site by its page `404.html`; `webassembly` is whether its search runs such."""
    scripts = ["'self'", *dict.fromkeys(map(_hash_of, _inline_scripts(source)))]
    if webassembly:
        scripts.append("'wasm-unsafe-eval'")
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(scripts)}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "media-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        )
    )


def with_policy(html: str, policy: str) -> str:
    """A page with the policy at the start of its head, before anything that it is about."""
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _START.sub(lambda match: match[0] + tag, html, count=1)


def _hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _inline_scripts(html: str) -> Sequence[str]:
    finder = _Scripts()
    finder.feed(html)
    finder.close()
    return finder.scripts


class _Scripts(HTMLParser):
    """Collects the texts of inline scripts that act; data for scripts do not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            given = dict(attrs)
            self._inside = "src" not in given and (given.get("type") or "").lower() in _ACTS
            if self._inside:
                self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False
