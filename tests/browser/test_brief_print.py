"""The brief prints on exactly one page of A4, from the site and as the file that the command writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from printing import A4, sheets
from serving import served

from sites import REPOSITORY, demo_site

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AS_OF = "1795348800"


def printed(browser: Browser, address: str) -> list[str]:
    page = browser.new_page()
    page.goto(address)
    sizes = sheets(page)
    page.close()
    return sizes


def test_every_quarter_of_the_demo_prints_on_one_page(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = demo_site(tmp_path_factory)
    quarters = [name.removesuffix("index.html") for name in site.files if re.match(r"brief/.*index\.html", name)]
    assert len(quarters) > 5
    with served(site.folder) as address:
        found = {quarter: printed(browser, f"{address}/{quarter}") for quarter in quarters}
    assert found == {quarter: [A4] for quarter in quarters}


def test_the_file_of_the_command_prints_on_one_page(browser: Browser, tmp_path: Path) -> None:
    target = tmp_path / "brief.html"
    subprocess.run(
        [
            *(sys.executable, "-c", "from postmortems.cli import main; main()"),
            *("brief", "--root", str(REPOSITORY / "tests/corpora/demo")),
            *("--quarter", "2026Q3", "--output-format", "html", "-o", str(target)),
        ],
        check=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": AS_OF},
    )
    assert printed(browser, target.as_uri()) == [A4]
