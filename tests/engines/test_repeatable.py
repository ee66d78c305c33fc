"""The same files and the same time give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sites import EPOCH, EVERYTHING, MATERIAL, PROSE, KnowledgeBaseOnDisk, incident

if TYPE_CHECKING:
    from pathlib import Path

FILES: dict[str, str | bytes] = {
    "docs/about.md": "# About\n",
    "incidents/2026/2026-03-31-everything.md": incident(base=EVERYTHING, body=PROSE),
    "incidents/2026/2026-03-30-small.md": incident(),
    "incidents/2026/2026-02-11-folder/index.md": incident({"published": None, "status": "in-review"}),
    "incidents/2026/2026-02-11-folder/a.png": b"png",
}


@pytest.mark.parametrize("theme", ["tiny", "material"])
def test_two_builds_give_the_same_bytes(tmp_path: Path, theme: str) -> None:
    """Even from two folders, whose files were written in another order."""
    built = []
    for name, order in (("first", sorted(FILES)), ("second", sorted(FILES, reverse=True))):
        kb = KnowledgeBaseOnDisk(tmp_path / name)
        kb.write({path: FILES[path] for path in order})
        kb.configure(site_url="https://example.org/", **(MATERIAL if theme == "material" else {}))
        built.append(kb.build().files)
    first, second = built
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_time_is_counted_from_the_stated_moment(kb: KnowledgeBaseOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    action = {"id": "A1", "title": "Mend it", "owner": "platform", "due": "2026-05-20", "done_when": "It holds."}
    kb.write({"incidents/2026/2026-03-31-x.md": incident({"actions": [action], "no_actions_reason": None})})
    assert "Overdue 12 days" in kb.build().page("").text()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 86_400))
    assert "Overdue 13 days" in kb.build().page("").text()
