"""The leak check at the end of a build: silent on a sound site, and loud on one that leaks by whatever way."""

from __future__ import annotations

import gzip
import io
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as parquet_files
import pytest
from mkdocs.exceptions import Abort

from sites import EVERYTHING, PROSE, KnowledgeBaseOnDisk, incident

if TYPE_CHECKING:
    from collections.abc import Callable

    from sites import Site

ID = "2026-03-31-quibbling"
PATH = f"incidents/2026/{ID}.md"
TITLE = 'The "quibble" & the quorum'
BODY = "## Overview\n\nThe flummoxed replica was db-zz9-17, and the Übergabeprotokoll said so.\n"
REDACTED = "Lost to a bidder from Ulm"


@pytest.fixture
def leaky(kb: KnowledgeBaseOnDisk) -> KnowledgeBaseOnDisk:
    """A knowledge base with a withheld record and a redacted field, that nothing leaks of yet."""
    impact = {"technical": "high", "business": {"level": "high", "text": REDACTED}}
    kb.write(
        {
            PATH: incident({"title": TITLE, "tlp": "AMBER"}, body=BODY),
            "incidents/2026/2026-03-30-shown.md": incident(
                {"impact": impact, "redacted": ["impact.business.text"]}
            ),
        }
    )
    return kb


def faults(kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture) -> str:
    """What the build says as it fails."""
    caplog.clear()
    with pytest.raises(Abort):
        kb.build()
    return caplog.text


def sqlite_file(text: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE notes (note TEXT)")
        database.execute("INSERT INTO notes VALUES (?)", [text])
        database.commit()
        return database.serialize()


PACKED: dict[str, Callable[[str], bytes]] = {
    "notes.txt": str.encode,
    "notes.txt.gz": lambda text: gzip.compress(text.encode()),
    "notes.sqlite": sqlite_file,
}


@pytest.mark.parametrize(("name", "text"), list(zip(PACKED, [TITLE, REDACTED, ID], strict=True)))
def test_an_asset_that_leaks_fails_the_build(
    leaky: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, name: str, text: str
) -> None:
    leaky.write({f"docs/files/{name}": PACKED[name](f"It is: {text}.")})
    said = faults(leaky, caplog)
    assert f"files/{name}, " in said
    assert text not in said.replace(PATH, "")
    assert (leaky.root / "site/files" / name).is_file()


@pytest.mark.parametrize("word", ["flummoxed", "db-zz9-17", "Übergabeprotokoll"])
def test_a_rare_word_in_a_template_fails_the_build(
    leaky: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, word: str
) -> None:
    theme = leaky.root / "theme/main.html"
    theme.write_text(theme.read_text("utf-8").replace("</main>", f"</main> and {word}"), encoding="utf-8")
    said = faults(leaky, caplog)
    assert "index.html, line " in said
    assert f"a word that only withheld text has of {PATH}" in said
    assert word not in said


@pytest.mark.parametrize(
    ("text", "kind"),
    [(TITLE, "the title"), (f"see {ID}.", "the id"), (REDACTED, "a withheld text")],
    ids=["title", "id", "redacted"],
)
def test_a_hand_written_page_that_tells_fails_the_build(
    leaky: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, text: str, kind: str
) -> None:
    leaky.write({"docs/about.md": f"# About\n\n{text}\n"})
    said = faults(leaky, caplog)
    assert "about/index.html, line " in said
    assert f": {kind} of incidents/" in said


def test_a_name_of_a_file_that_tells_fails_the_build(
    leaky: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture
) -> None:
    leaky.write({f"docs/{ID}.txt": "Nothing in it."})
    assert f"{ID}.txt, in its name: the id of {PATH}" in faults(leaky, caplog)


def test_a_template_that_reads_past_the_door_fails_the_build(
    leaky: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture
) -> None:
    hook = (
        "from pathlib import Path\n\n\ndef on_post_page(output, **_):\n"
        f"    return output + Path({str(leaky.root / PATH)!r}).read_text('utf-8')\n"
    )
    leaky.write({"hook.py": hook})
    leaky.configure(hooks=["hook.py"])
    said = faults(leaky, caplog)
    assert "the title of" in said
    assert "a word that only withheld text has of" in said


def test_what_is_public_or_only_looks_alike_passes(leaky: KnowledgeBaseOnDisk) -> None:
    leaky.write(
        {
            "docs/about.md": "# About\n\nWe were flummoxed, and db-zz9-17 was not.\n",
            "docs/notes.txt": "Quorum, xdb-zz9-17, db-zz9-170, db-zz9-17-b, 2026-03-31-quibble, flummoxed",
            "incidents/2026/2026-03-29-other.md": incident({"summary": "The Übergabeprotokoll was late."}),
            f"incidents/2026/{ID}-again.md": incident(),
        }
    )
    assert leaky.build().has(f"incidents/2026/{ID}-again/")


def test_a_preview_searches_nothing(leaky: KnowledgeBaseOnDisk) -> None:
    leaky.write({"docs/about.md": f"# About\n\n{ID}\n"})
    assert leaky.preview().has("about/")


PLANTED = {
    # Words of no language, one for each mark.
    "AMBER+STRICT": "zorrillos",
    "AMBER": "quokkalike",
    "GREEN": "numbatish",
    "draft": "bilbyesque",
}
ADMITTED = {
    "public": set[str](),
    "organisation": {"AMBER", "GREEN"},
    "strict": {"AMBER", "GREEN", "AMBER+STRICT"},
}


def everything_in(site: Site) -> bytes:
    """All that can be read in the files of a site, in lower case; it shares no code with the check."""
    parts = []
    for name, content in site.files.items():
        parts += [name.encode(), gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content]
        if name.endswith(".parquet"):
            parts.append(str(parquet_files.read_table(io.BytesIO(content)).to_pylist()).encode())
    return b"\n".join(parts).lower()


@pytest.mark.parametrize("audience", ADMITTED)
def test_what_is_planted_is_in_no_byte(kb: KnowledgeBaseOnDisk, audience: str) -> None:
    for day, (mark, word) in enumerate(PLANTED.items(), 1):
        fields: dict[str, Any] = {"status": "draft", "tlp": "CLEAR"} if mark == "draft" else {"tlp": mark}
        told = {"title": f"The {word} of it", "summary": f"All of {word}.", "tags": [word], "x-own": word}
        body = f"{PROSE}\nMore of **{word}**.\n"
        kb.write({f"incidents/2026/2026-03-0{day}-{word}.md": incident(told, fields, base=EVERYTHING, body=body)})
    impact = {"technical": "high", "business": {"level": "high", "text": "It was potorooid."}}
    shown = incident({"impact": impact, "redacted": [{"path": "impact.business.text", "seen_by": "strict"}]})
    kb.write({"incidents/2026/2026-03-30-shown.md": shown})
    kb.configure(
        plugins=["search", {"postmortems": {"audience": audience, "parquet": True}}], site_url="https://a.example/"
    )
    site = kb.build()
    everything = everything_in(site)
    for mark, word in PLANTED.items():
        assert (word.encode() in everything) is (mark in ADMITTED[audience]), mark
    assert (b"potorooid" in everything) is (audience == "strict")


def test_a_record_that_is_for_nobody_ends_the_build_before_anything_is_written(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({PATH: incident({"tlp": "RED", "title": "The wambenger of it"})})
    with pytest.raises(Abort):
        kb.build()
    assert not [path for path in (kb.root / "site").rglob("*") if path.is_file()]


def test_a_build_counts_what_is_withheld_and_names_nothing(
    leaky: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "mkdocs.plugins.postmortems")
    leaky.build()
    said = [record.getMessage() for record in caplog.records if "withheld" in record.getMessage()]
    assert said == ["1 of 2 post-mortems are withheld from this site's audience (public)"]
