"""A knowledge base speaks another language, words single texts otherwise, and has templates of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mkdocs.exceptions import Abort

from sites import MATERIAL, POLICY, incident, to_yaml

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk

RECORD = {"incidents/2026/2026-03-31-x.md": incident()}


def own_texts(texts: dict[str, object]) -> dict[str, str]:
    return {"schemas/texts.yaml": to_yaml({"schema": 1, "texts": texts})}


def test_german(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(RECORD | {"schemas/policy.yaml": to_yaml(POLICY | {"language": "de"})})
    kb.configure(**MATERIAL | {"theme": MATERIAL["theme"] | {"language": "de"}})
    site = kb.build()
    page = site.page("incidents/")
    assert page.root.get("lang") == "de"
    assert page.text("//article//h1") == "Vorfälle"
    assert "Zeit bis zur Wiederherstellung" in page.texts("//article//th")
    assert "31. März 2026" in page.text("//article//table")
    assert any("Suche" in (dialog.get("aria-label") or "") for dialog in page.of_class("md-search"))
    # What the record says stays in the language it was written in.
    assert "Checkout refused all cards" in page.text("//article//table")


def test_the_theme_speaks_another_language(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(RECORD | {"schemas/policy.yaml": to_yaml(POLICY | {"language": "de"})})
    kb.configure(**MATERIAL)
    with pytest.raises(Abort, match="1 warnings"):
        kb.build()


def test_a_language_that_there_is_not(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(RECORD | {"schemas/policy.yaml": to_yaml(POLICY | {"language": "tlh"})})
    with pytest.raises(Abort) as stopped:
        kb.build()
    assert "expected one of: en, de" in str(stopped.value.__context__)


@pytest.mark.parametrize("language", ["en", "de"])
def test_own_words(kb: KnowledgeBaseOnDisk, language: str) -> None:
    kb.write(
        RECORD
        | {"schemas/policy.yaml": to_yaml(POLICY | {"language": language})}
        | own_texts(
            {"Time to recover": "Back after <b>", "%(count)s incident": {"one": "%(count)s outage", "other": "x"}}
        )
    )
    page = kb.build().page("incidents/")
    assert "Back after" in page.texts("//main//th")
    assert "1 outage" in page.one("//meta[@name='description']").get("content")


def test_own_words_for_a_text_that_there_is_not(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(RECORD | own_texts({"Time to recovr": "x"}))
    with pytest.raises(Abort) as stopped:
        kb.build()
    assert "schemas/texts.yaml:3:3: error S118" in str(stopped.value.__context__)
    assert "did you mean `Time to recover`" in str(stopped.value.__context__)


def test_own_templates(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(
        RECORD
        | {
            "theme/postmortems/incident/foot.html": "<p id='own'>{{ record.id }}, {{ site.team('platform') }}</p>",
        }
    )
    site = kb.build()
    assert site.page("incidents/2026/2026-03-31-x/").text("//*[@id='own']") == "2026-03-31-x, Platform team"
    assert site.page("lessons/").text("//main//h1") == "Lessons"  # what is not replaced stays


def test_own_template_around_the_shipped_one(kb: KnowledgeBaseOnDisk) -> None:
    own = "<p id='own'>Ask the platform team.</p>\n{% include 'shipped/incident/foot.html' %}"
    kb.write(RECORD | {"theme/postmortems/incident/foot.html": own})
    page = kb.build().page("incidents/2026/2026-03-31-x/")
    assert page.text("//*[@id='own']") == "Ask the platform team."
    assert page.all("//*[@id='own']/following::h2")


def test_headings_of_sections_are_in_the_language_of_the_site(kb: KnowledgeBaseOnDisk) -> None:
    record = incident(body="## Root cause\n\nThe renewal had stopped.\n\n## What we left out\n\nText.\n")
    kb.write(
        {"incidents/2026/2026-03-31-x.md": record, "schemas/policy.yaml": to_yaml(POLICY | {"language": "de"})}
    )
    page = kb.build().page("incidents/2026/2026-03-31-x/")
    assert {"Auswirkung", "Ursachen", "Lehren", "What we left out"} <= {
        text.removesuffix("¶").strip() for text in page.texts("//main//h2")
    }
    # An address is the same in every language.
    assert page.one("//h2[@id='root-causes']").text == "Ursachen"


def test_a_preview_in_german_says_what_is_wrong(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(
        {
            "incidents/2026/2026-03-31-x.md": "---\ntitle: [\n---\n",
            "schemas/policy.yaml": to_yaml(POLICY | {"language": "de"}),
        }
    )
    page = kb.preview().page("incidents/2026/2026-03-31-x/")
    assert page.text("//main//h1") == "2026-03-31-x.md kann noch nicht gezeigt werden"


def test_what_is_written_in_english_only_says_so(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(RECORD | {"schemas/policy.yaml": to_yaml(POLICY | {"language": "de"})})
    site = kb.build()
    assert site.page("method/rules/").text("//main//h1") == "Regeln"
    assert site.page("method/rules/").all("//td[@lang='en']")
    assert site.page("method/rules/T08/").one("//div[@lang='en']").findtext("h1").startswith("T08")
    assert site.page("method/fields/").one("//div[@lang='en']").find("h2") is not None
