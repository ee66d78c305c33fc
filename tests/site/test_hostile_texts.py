"""Whatever a record, a policy or a vocabulary says is shown as text and does nothing."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from site_bench import make_tree, render_all
from site_cases import RETOLD, path

from postmortems.findings import Finding, Severity
from postmortems.site import Faults
from sites import BARE, EVERYTHING, POLICY, REPOSITORY, dangers, incident, leaves, to_yaml, with_leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_bench import RenderedPage

Pages = dict[str, "RenderedPage"]
Where = tuple[str | int, ...]

# Fields that no page shows yet.
NOT_SHOWN = {
    ("trigger", "ref"),
    ("actions", 0, "evidence", 0),
    ("actions", 0, "evidence", 1),
}


def hostile(number: int) -> str:
    """A text that would show at once if it acted, short enough for the shortest field."""
    return f"<script>x</script><img src=x onerror=y>\"'{{{{64*64}}}}{{%x%}}]]>&amp; no. {number}."


def hostile_label(number: int) -> str:
    """One for a label, which is shorter still."""
    return f'<img src=x onerror=y>"{{{{64*64}}}}&amp; {number}.'


def poisoned(fields: dict[str, Any], read: Callable[..., Any]) -> tuple[dict[str, Any], dict[Where, str]]:
    """The fields with a hostile text wherever the schema lets one stand, and where that is."""
    texts: dict[Where, str] = {}
    made = fields
    for number, (where, _) in enumerate(leaves(fields), 100):
        field = with_leaf(fields, where, hostile(number))[where[0]]
        if read(incident({where[0]: field}, base=BARE)).record:
            texts[where] = hostile(number)
            made = with_leaf(made, where, texts[where])
    return made, texts


def shown_in(pages: Pages) -> str:
    """All that a reader gets: texts and attributes as they are after parsing."""
    return "\n".join(_parts(pages))


def _parts(pages: Pages) -> Iterator[str]:
    for page in pages.values():
        yield page.node.root.text_content()
        for element in page.node.root.iter():
            yield from element.attrib.values()


def assert_harmless(pages: Pages) -> None:
    for uri, page in pages.items():
        assert dangers(page.node) == [], uri
        assert not page.node.all("//img"), uri
        assert "4096" not in page.html, f"{uri}: a template was run"


@pytest.fixture(scope="module", params=["first-hand", "retold"])
def poison(
    request: pytest.FixtureRequest, read: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Pages, dict[Where, str]]:
    """All pages of a record that is hostile in every field, and its hostile texts."""
    fields = copy.deepcopy(EVERYTHING)
    if request.param == "retold":
        fields |= RETOLD
        fields["actions"][0]["due"] = "some time in spring"
    made, texts = poisoned(fields, read)
    files = {
        path("2026-03-31-hostile"): incident(base=made),
        path("2026-03-30-other"): incident({"related": ["2026-03-31-hostile"]}),
    }
    return render_all(make_tree(tmp_path_factory.mktemp("hostile"), files)), texts


def test_hostile_texts_do_nothing(poison: tuple[Pages, dict[Where, str]]) -> None:
    pages, texts = poison
    assert len(texts) > 50
    assert_harmless(pages)


def test_hostile_texts_are_shown_as_written(poison: tuple[Pages, dict[Where, str]]) -> None:
    pages, texts = poison
    shown = shown_in(pages)
    assert {where for where, text in texts.items() if text not in shown} == NOT_SHOWN


def test_hostile_texts_stand_nowhere_but_whole(poison: tuple[Pages, dict[Where, str]]) -> None:
    """No half of one, cut by a parser that took the rest for a tag."""
    pages, texts = poison
    for uri, page in pages.items():
        whole = sum(shown_in({uri: page}).count(text) for text in texts.values())
        assert page.html.count("]]&gt;") == whole, uri


def test_hostile_registries(tmp_path_factory: pytest.TempPathFactory) -> None:
    policy = copy.deepcopy(POLICY)
    policy["organisation"] = hostile_label(1)
    policy["services"]["checkout"]["label"] = hostile_label(2)
    policy["teams"]["platform"]["label"] = hostile_label(3)
    policy["severities"][3]["label"] = hostile_label(4)
    vocabulary = yaml.safe_load((REPOSITORY / "schemas/vocabulary.yaml").read_text(encoding="utf-8"))
    rollout = vocabulary["categories"]["change"]["factors"]["rollout"]
    rollout |= {"label": hostile_label(5), "description": hostile(6)}
    vocabulary["categories"]["change"] |= {"label": hostile_label(7), "description": hostile(8)}
    vocabulary["triggers"]["deploy"] |= {"label": hostile_label(9), "description": hostile(10)}
    vocabulary["dimensions"]["process"] |= {"label": hostile_label(11), "description": hostile(12)}
    action = {"id": "A1", "title": "Mend it", "owner": "platform", "due": "2026-04-01", "done_when": "It holds."}
    files = {
        "schemas/vocabulary.yaml": to_yaml(vocabulary),
        path("2026-03-31-one"): incident({"no_actions_reason": None, "actions": [action]}),
    }
    pages = render_all(make_tree(tmp_path_factory.mktemp("registries"), files, policy=policy))
    assert_harmless(pages)
    shown = shown_in(pages)
    labels, descriptions = (1, 2, 3, 4, 5, 7, 9, 11), (6, 8, 10, 12)
    assert [number for number in labels if hostile_label(number) not in shown] == []
    assert [number for number in descriptions if hostile(number) not in shown] == []


def test_hostile_finding_in_a_preview(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = f"incidents/2026/{hostile(1).replace('/', ' ')}.md"
    finding = Finding(place, 3, 1, "S110", Severity.ERROR, hostile(2), hostile(3), 5, hostile(4))
    made = make_tree(tmp_path_factory.mktemp("fault"), {}, preview=True, faults=Faults({place: (finding,)}))
    pages = render_all(made)
    assert_harmless(pages)
    shown = shown_in({place: pages[place]})
    assert [number for number in (2, 3, 4) if hostile(number) not in shown] == []


def test_hostile_tombstone(tmp_path_factory: pytest.TempPathFactory) -> None:
    amended = [{"date": "2026-04-08", "what": hostile(1), "why": hostile(2)}]
    withdrawn = {"status": "withdrawn", "title": hostile(3), "amended": amended}
    pages = render_all(
        make_tree(tmp_path_factory.mktemp("tombstone"), {path("2026-03-31-x"): incident(withdrawn)})
    )
    assert_harmless(pages)
    shown = shown_in({"": pages[path("2026-03-31-x")]})
    assert [number for number in (1, 2, 3) if hostile(number) not in shown] == []


def test_hostile_prose_is_cleaned(tmp_path_factory: pytest.TempPathFactory) -> None:
    body = (
        f"## Overview\n\n{hostile(1)}\n\n## {hostile(2)}\n\n| a |\n|---|\n| {hostile(3)} |\n\n[x](javascript:y)\n"
    )
    files = {path("2026-03-31-x"): incident(body=body)}
    pages = render_all(make_tree(tmp_path_factory.mktemp("prose"), files))
    for uri, page in pages.items():
        assert dangers(page.node) == [], uri
