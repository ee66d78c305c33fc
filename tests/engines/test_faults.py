"""Records and conventions that are wrong: they stop a build, and a preview shows them and goes on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click
import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.exceptions import Abort

from sites import POLICY, Site, incident, to_yaml

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk

GOOD, BAD, WORSE = (f"incidents/2026/2026-03-{day}-x.md" for day in (29, 30, 31))
BAD_URL = BAD.replace(".md", "/")

# Each with the code of what is found.
BROKEN: dict[str, tuple[str | bytes, str]] = {
    "unknown-key": (incident({"sumary": "Text."}), "S110"),
    "not-yaml": ("---\ntitle: [\n---\n", "S103"),
    "no-front-matter": ("# Only a heading\n", "S102"),
    "empty": (b"", "S102"),
    "not-utf-8": (b"\xff\xfe\x00", "S101"),
    "nested-too-deep": (f"---\ntitle: {'[' * 5000}\n---\n", "S106"),
    "wrong-type": (incident({"services": "checkout"}), "S111"),
}
# The shape of these is right, so a preview can show them.
WRONG: dict[str, tuple[str, str]] = {
    "unknown-factor": (incident({"factors": ["change.unheard-of: a -> b"]}), "F01"),
    "unknown-trigger": (incident({"trigger": "moon-phase"}), "F01"),
    "out-of-order": (
        incident({"times": {"started": "2026-03-31T12:00Z", "recovered": "2026-03-31T10:00Z"}}),
        "T03",
    ),
    "dangling": (incident({"related": ["1999-01-01-nowhere"]}), "X01"),
    "lacking": (incident({"summary": None}), "Q04"),
}


def errors(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING)


# Of these not even the mark can be read, so a build does not say what is in them.
UNMARKED = set(BROKEN) - {"unknown-key", "wrong-type"}


@pytest.mark.parametrize("name", [*BROKEN, *WRONG])
def test_error_stops_a_build(kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, name: str) -> None:
    text, code = (BROKEN | WRONG)[name]
    kb.write({GOOD: incident(), BAD: text})
    with pytest.raises(Abort):
        kb.build()
    if name in UNMARKED:
        assert "Not shown here: 1 error in 1 file" in errors(caplog)
        assert BAD not in errors(caplog)
    else:
        assert f"{BAD}:" in errors(caplog)
        assert f"error {code}" in errors(caplog)
    assert "Traceback" not in errors(caplog)


@pytest.mark.parametrize("mark", ["AMBER", "GREEN", "RED", None])
def test_the_log_of_a_build_is_no_way_round_the_mark(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, mark: str | None
) -> None:
    secret = {"summary": "Nobody outside may read of the Zanzibar merger.", "trigger": "moon-phase"}
    if mark:
        secret["tlp"] = mark
    text = incident(secret)
    kb.write({GOOD: incident({"sumary": "x"}), BAD: text if mark else text.replace("tlp: CLEAR\n", "")})
    with pytest.raises(Abort):
        kb.build()
    shown = errors(caplog)
    assert "sumary" in shown
    assert "1 error" in shown
    assert "file that the audience of this site (public) may not see" in shown
    assert "`postmortems check` shows all" in shown
    assert not [word for word in ("Zanzibar", "moon-phase", BAD, "2026-03-30-x") if word in shown]


def test_the_log_of_a_build_for_the_organisation_shows_what_it_may_see(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture
) -> None:
    kb.configure(plugins=[{"postmortems": {"audience": "organisation"}}])
    kb.write({BAD: incident({"trigger": "moon-phase", "tlp": "AMBER"})})
    with pytest.raises(Abort):
        kb.build()
    assert "moon-phase" in errors(caplog)
    assert "Not shown" not in errors(caplog)


def test_all_findings_are_listed_at_once(kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture) -> None:
    kb.write({BAD: incident({"sumary": "Text.", "tittle": "Text."}), WORSE: WRONG["unknown-factor"][0]})
    with pytest.raises(Abort):
        kb.build()
    shown = errors(caplog)
    assert [name in shown for name in ("sumary", "tittle", "change.unheard-of", BAD, WORSE)] == [True] * 5
    assert "2 post-mortems checked: 3 errors" in shown
    assert "did you mean" in shown.lower()
    assert "\x1b" not in shown


def test_failed_build_leaves_the_site_before_it(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({GOOD: incident()})
    before = kb.build().files
    kb.write({BAD: BROKEN["unknown-key"][0]})
    with pytest.raises(Abort):
        kb.build()
    assert Site(kb.root / "site").files == before


@pytest.mark.parametrize("name", ["policy.yaml", "vocabulary.yaml", "requirements.yaml"])
@pytest.mark.parametrize(
    "text", ["schema: 1\nservces: {}\n", "{", "[]", ""], ids=["typo", "no-yaml", "list", "empty"]
)
def test_broken_conventions_stop_a_build(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, name: str, text: str
) -> None:
    kb.write({GOOD: incident(), f"schemas/{name}": text})
    with pytest.raises(Abort):
        kb.build()
    assert f"schemas/{name}:" in errors(caplog)
    assert "Traceback" not in errors(caplog)


@pytest.mark.parametrize("name", ["policy.yaml", "vocabulary.yaml"])
def test_broken_conventions_are_shown_in_a_preview(kb: KnowledgeBaseOnDisk, name: str) -> None:
    kb.write({GOOD: incident(), f"schemas/{name}": "schema: 1\nservces: {}\n"})
    site = kb.preview()
    assert "can't be shown yet" in site.page("").text()
    assert site.has(GOOD.replace(".md", "/"))


def test_preview_keeps_the_conventions_it_had(kb: KnowledgeBaseOnDisk) -> None:
    """As `mkdocs serve` does it: one plugin, whose configuration is read anew for each build."""
    kb.write({GOOD: incident()})
    config = kb.load()
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config)
    kb.write({"schemas/policy.yaml": "{"})
    mkdocs_build(kb.reload())
    page = Site(kb.root / "site").page(GOOD.replace(".md", "/"))
    assert "Checkout" in page.text()
    assert "Example Bank" in page.text()
    kb.write({"schemas/policy.yaml": to_yaml(POLICY | {"organisation": "Renamed Bank"})})
    mkdocs_build(kb.reload())
    assert "Renamed Bank" in Site(kb.root / "site").page(GOOD.replace(".md", "/")).text()


@pytest.mark.parametrize(("text", "code"), BROKEN.values(), ids=BROKEN)
def test_preview_shows_what_is_wrong_in_the_place_of_the_record(
    kb: KnowledgeBaseOnDisk, text: str | bytes, code: str
) -> None:
    kb.write({GOOD: incident(), BAD: text})
    site = kb.preview()
    page = site.page(BAD_URL)
    assert code in page.text()
    assert "can't be shown yet" in page.text("//h1")
    assert page.trail == ["Incidents"]
    assert "1 file can't be shown yet" in site.page("").text()
    assert site.page(GOOD.replace(".md", "/")).texts("//h1") == ["Checkout refused all cards"]


def test_what_is_sound_of_a_faulty_record_is_judged_and_shown_nowhere(kb: KnowledgeBaseOnDisk) -> None:
    sound = {"title": "Zanzibar went dark", "lessons": ["improve: Light a candle in Zanzibar."]}
    kb.write({GOOD: incident(), BAD: incident(sound, {"severity": "sev9", "related": ["1999-01-01-nowhere"]})})
    site = kb.preview()
    told = site.page(BAD_URL).text()
    assert [code in told for code in ("S112", "X01")] == [True, True]
    for url in ("", "incidents/", "lessons/", "method/"):
        assert "Zanzibar" not in site.page(url).text()


@pytest.mark.parametrize(("text", "code"), WRONG.values(), ids=WRONG)
def test_preview_shows_a_record_whose_shape_is_right(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, text: str, code: str
) -> None:
    kb.write({BAD: text})
    with caplog.at_level(logging.INFO):
        site = kb.preview()
    assert site.page(BAD_URL).texts("//h1") == ["Checkout refused all cards"]
    assert f"error {code}" in site.page(BAD_URL).text("//details")
    assert f"error {code}" in caplog.text
    assert not errors(caplog)


def test_two_files_for_one_id_in_a_preview(kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture) -> None:
    kb.write(
        {
            GOOD: incident(),
            GOOD.replace(".md", "/index.md"): incident(),
            "incidents/2025/2026-03-29-x.md": incident(),
        }
    )
    with caplog.at_level(logging.INFO):
        site = kb.preview()
    assert "S121" in caplog.text
    assert site.has(GOOD.replace(".md", "/"))


def test_badly_named_file_in_a_preview(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({"incidents/notes.md": incident(), "incidents/index.md": incident(), GOOD: incident()})
    site = kb.preview()
    assert "S120" in site.page("incidents/notes/").text()
    assert site.has(GOOD.replace(".md", "/"))


WARNS = {
    "accepted-nothing": incident({"times": {"started": "2026-03-31T10:00Z", "recovered": "2026-03-31T11:00Z"}}),
    "unlisted-service": incident({"services": ["unheard-of"]}),
}


@pytest.mark.parametrize("text", WARNS.values(), ids=WARNS)
def test_warnings_do_not_break_a_strict_build(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    kb.write({GOOD: text})
    with caplog.at_level(logging.INFO):
        kb.preview()
    assert "warning" in caplog.text
    caplog.clear()
    kb.build()
    assert not errors(caplog)


@pytest.mark.parametrize(
    ("command", "called", "preview"),
    [
        ("serve", None, True),
        ("serve", "serve", True),
        ("build", "serve", True),  # mkdocs serve --clean
        ("build", "build", False),
        ("build", None, False),
        ("gh-deploy", "gh-deploy", False),
    ],
)
def test_which_command_is_a_preview(
    kb: KnowledgeBaseOnDisk, command: str, called: str | None, *, preview: bool
) -> None:
    kb.write({GOOD: incident({"status": "draft"})})
    if called is None:
        site = kb.build(command=command)
    else:
        with click.Context(click.Command(called), info_name=called):
            site = kb.build(command=command)
    assert site.has(GOOD.replace(".md", "/")) is preview
    assert bool(site.page("").of_class("pm-banner")) is preview


def test_wrong_option_is_told(kb: KnowledgeBaseOnDisk) -> None:
    kb.configure(plugins=[{"postmortems": {"audience": "everyone"}}])
    with pytest.raises(Abort):
        kb.load()


def test_wrong_time_is_told(
    kb: KnowledgeBaseOnDisk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    config = kb.load()
    config.plugins.on_startup(command="build", dirty=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(Abort):
        mkdocs_build(config)
    assert "SOURCE_DATE_EPOCH" in errors(caplog)
