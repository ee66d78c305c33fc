"""Vega-Lite specifications to static SVG, by vl-convert: no browser, no script, the same bytes each time.

The colours are the theme's variables, so that a picture follows light, dark and print by itself.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from postmortems.texts import spoken_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDE = 640
NARROW = 300

_Locale = Literal["en-US", "de-DE"]
_LOCALES: dict[str, _Locale] = {"en": "en-US", "de": "de-DE"}  # d3's


def draw(name: str, rows: Sequence[Mapping[str, object]], settings: Mapping[str, object], width: int) -> str:
    """The picture of a specification with these rows as its data, so many CSS pixels wide.

    The specification's `params` take the values of `settings` that have their names, and what its axes are called
    is said as `settings["words"]` has it. Numbers are written as in the language that is spoken. Raises ValueError
    where Vega can't draw it.
    """
    given = json.dumps([rows, settings], sort_keys=True, default=str)
    return _drawn(name, given, width, _LOCALES[spoken_language()])


@cache
def _drawn(name: str, given: str, width: int, locale: _Locale) -> str:
    import vl_convert

    rows, settings = json.loads(given)
    spec = _titled(specification(name), settings.get("words", {}))
    spec["data"] = {"values": rows}
    spec["config"] = house_style()
    if "facet" in spec:  # small multiples can't be fitted: what stands beside them has a width of its own
        spec["spec"]["width"] = width - spec["usermeta"]["beside"]
    else:
        spec["width"] = width
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    for parameter in spec.get("params", []):
        if parameter["name"] in settings:
            parameter["value"] = settings[parameter["name"]]
    svg: str = vl_convert.vegalite_to_svg(spec, format_locale=locale)
    # The size is the style sheet's business, and the whole picture has one description, in the page.
    start, _, rest = svg.partition(">")
    width_, height = _size(start)
    return f'<svg viewBox="0 0 {width_} {height}" width="{width_}" height="{height}" aria-hidden="true">{rest}'


def _titled(part: Any, words: Mapping[str, str]) -> Any:
    """A specification, or a part of one, with the titles of its axes in these words."""
    if isinstance(part, dict):
        return {
            key: words.get(inner, inner) if key == "title" and isinstance(inner, str) else _titled(inner, words)
            for key, inner in part.items()
        }
    return [_titled(inner, words) for inner in part] if isinstance(part, list) else part


def specification(name: str) -> dict[str, Any]:
    """A specification of `specs/`, without its data and style."""
    text = files("postmortems.site.charts").joinpath(f"specs/{name}.json").read_text(encoding="utf-8")
    spec: dict[str, Any] = json.loads(text)
    return spec


def house_style() -> dict[str, Any]:
    """The configuration that all charts share."""
    text = files("postmortems.site.charts").joinpath("style.json").read_text(encoding="utf-8")
    style: dict[str, Any] = json.loads(text)
    return style


def _size(tag: str) -> tuple[str, str]:
    parts = dict(part.split("=", 1) for part in tag.split() if "=" in part)
    return parts["width"].strip('"'), parts["height"].strip('"')
