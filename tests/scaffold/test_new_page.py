"""A page that is laid down and written passes the tests of all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repository_copy import Copy

from sites import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

NEW_PAGE = "tests/scaffold/new_page.py"
MODULE = "plugins/postmortems/site/pages/slow_weeks.py"
TEMPLATE = "plugins/postmortems/rendering/templates/slow-weeks.html"
RECOMPUTED = "tests/recompute/page_slow_weeks.py"
GERMAN = "plugins/postmortems/texts/locales/de.po"
FIGURES = "tests/recompute/test_figures.py::test_figures_are_those_of_the_raw_front_matter[slow-weeks-demo-2]"
OF_PAGES = (
    *("tests/texts", "tests/engines/test_navigation.py::test_without_a_nav", FIGURES),
    "tests/recompute/test_figures.py::test_no_number_is_without_a_name[slow-weeks-demo-2]",
)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.slow
def test_a_page_that_is_written_passes_and_one_that_is_not_fails(copy: Copy) -> None:
    done = copy.run(NEW_PAGE, "slow-weeks")
    assert done.returncode == 0, done.stderr
    assert {MODULE, TEMPLATE, RECOMPUTED, "mkdocs.yml"} < {*done.stdout.splitlines()}
    failed = copy.failures(*OF_PAGES)
    assert FIGURES in failed
    assert "tests/texts/test_no_text_is_forgotten.py::test_nothing_waits_to_be_written[slow-weeks.html]" in failed
    assert "tests/texts/test_catalogues.py::test_catalogues_are_those_of_the_code[de]" in failed
    _write(copy)
    assert copy.failures(*OF_PAGES) == set()


def _write(copy: Copy) -> None:
    copy.edit(
        MODULE,
        ("TODO which question the page answers.", "when recovery took long."),
        ("TODO what the page shows, in one sentence.", "Weeks in which recovery took long."),
    )
    copy.edit(
        TEMPLATE, ("TODO the finding: ", "Recorded: "), ("TODO what will be here.*\\.", "Nothing is recorded yet.")
    )
    copy.edit(RECOMPUTED, ("raise .*", 'return {"records": len(world.listed)}'))
    copy.edit(
        GERMAN,
        (
            r"(?<=\S)\s*\Z",
            """

msgid "Slow weeks"
msgstr "Langsame Wochen"

msgid "Weeks in which recovery took long."
msgstr "Wochen, in denen die Wiederherstellung lange dauerte."

msgid "Nothing is recorded yet."
msgstr "Noch ist nichts erfasst."

#, python-format
msgid "Recorded: %(n)s record."
msgid_plural "Recorded: %(n)s records."
msgstr[0] "Erfasst: %(n)s Eintrag."
msgstr[1] "Erfasst: %(n)s Einträge."
""",
        ),
    )


@pytest.mark.parametrize(
    ("name", "told"), [("timing", "timing"), ("Slow weeks", "small letters"), ("method", "exists already")]
)
def test_what_is_refused_changes_nothing(copy: Copy, name: str, told: str) -> None:
    done = copy.run(NEW_PAGE, name)
    assert done.returncode == 1
    assert told in done.stderr
    for path in ("mkdocs.yml", "plugins/postmortems/site/menu.py", "plugins/postmortems/site/build.py"):
        assert (copy.folder / path).read_bytes() == (REPOSITORY / path).read_bytes()
