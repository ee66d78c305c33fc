"""The extras of the package: which modules each brings, and what to say where they are not installed."""

from __future__ import annotations

from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING

from postmortems import __version__
from postmortems.runtime.errors import MessageError

if TYPE_CHECKING:
    from collections.abc import Mapping

EXTRAS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "site": (
            *("ahocorasick_rs", "feedgenerator", "icalendar", "markdown", "material", "mkdocs", "nh3", "numpy"),
            *("pagefind", "py_svg_hush", "scipy", "snowballstemmer", "vl_convert"),
        ),
        "parquet": ("pyarrow",),
    }
)
"""The modules that an extra of pyproject.toml brings and that this package imports."""


class MissingExtraError(MessageError):
    """An extra is not installed; the message says how to install it."""

    def __init__(self, what: str, extra: str, module: str) -> None:
        """`what` needs an extra, since it can't do without a module."""
        super().__init__(
            f"{what} needs the `{extra}` extra ({module} is not installed): install the package with it, such as"
            f' `pip install "postmortems[{extra}] @ file:///PATH/TO/postmortems-{__version__}-py3-none-any.whl"`'
        )


def require(extra: str, what: str) -> None:
    """Raise MissingExtraError where a module of an extra is not installed; `what` says what needs it."""
    for module in EXTRAS[extra]:
        if find_spec(module) is None:
            raise MissingExtraError(what, extra, module)


def missing_extra(what: str, error: ModuleNotFoundError) -> MissingExtraError | None:
    """What to raise in place of an import that failed; None where no extra brings its module."""
    module = (error.name or "").partition(".")[0]
    return next((MissingExtraError(what, extra, module) for extra in EXTRAS if module in EXTRAS[extra]), None)
