"""What is public: the names of the package, each documented and typed, and nothing else."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from itertools import chain
from pathlib import Path

import pytest
from making_reference import API, GUIDE

import postmortems
from sites import POLICY, incident, to_yaml, write

PACKAGE = Path(postmortems.__file__).parent
PAGE = (GUIDE / "api.md").read_text(encoding="utf-8")


def test_the_page_lists_every_public_name_once() -> None:
    assert sorted(chain(*API.values())) == sorted(postmortems.__all__)
    assert sorted(re.findall(r"^### `(\w+)`$", PAGE, re.MULTILINE)) == sorted(postmortems.__all__)


def test_type_checkers_see_the_same_names() -> None:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    seen = {
        name.asname: node.module for node in stub.body if isinstance(node, ast.ImportFrom) for name in node.names
    }
    assert sorted(seen) == sorted(postmortems.__all__)
    for name, module in seen.items():
        assert getattr(__import__(str(module), fromlist=[str(name)]), str(name)) is getattr(postmortems, name)


def test_every_other_name_is_a_module_that_the_page_calls_internal() -> None:
    modules = {module.name for module in pkgutil.iter_modules([str(PACKAGE)])}
    others = {name for name in vars(postmortems) if not name.startswith("_")} - set(postmortems.__all__)
    assert others <= modules | {"import_module"}
    assert "Every other module and name is internal" in PAGE
    assert set(dir(postmortems)) == {*postmortems.__all__, "__version__"}


@pytest.mark.parametrize("name", postmortems.__all__)
def test_each_is_documented_and_typed(name: str) -> None:
    thing = getattr(postmortems, name)
    assert inspect.getdoc(thing)
    if inspect.isfunction(thing):
        signature = inspect.signature(thing)
        assert signature.return_annotation is not signature.empty
        assert all(parameter.annotation is not parameter.empty for parameter in signature.parameters.values())


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = postmortems.no_such_name


def test_the_example_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "kb"
    write(
        base,
        {
            "incidents/2026/2026-03-31-shop.md": incident({"title": "The shop"}),
            "incidents/2026/2026-04-01-x.md": incident({"sumary": "x"}),
            "incidents/2026/2026-04-02-amber.md": incident({"tlp": "AMBER"}),
            "schemas/policy.yaml": to_yaml(POLICY),
        },
    )
    monkeypatch.chdir(base / "incidents")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1778000000")
    code = re.findall(r"^```python\n(import postmortems.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[0]
    exec(code, {})  # noqa: S102 - the example that readers copy
    assert capsys.readouterr().out.splitlines()[-1] == "2026-03-31-shop The shop"


def test_what_it_raises(tmp_path: Path) -> None:
    with pytest.raises(postmortems.KnowledgeBaseError, match="incidents/"):
        postmortems.open_knowledge_base(tmp_path)
    write(tmp_path, {"schemas/policy.yaml": "organisation: 3\n"})
    base = postmortems.open_knowledge_base(tmp_path)
    with pytest.raises(postmortems.KnowledgeBaseError) as raised:
        postmortems.check(base)
    assert {finding.path for finding in raised.value.findings} == {"schemas/policy.yaml"}
    write(tmp_path, {"schemas/policy.yaml": to_yaml(POLICY)})
    with pytest.raises(postmortems.NothingToCheckError, match="no post-mortem"):
        postmortems.check(base)
    with pytest.raises(ValueError, match="everyone"):
        postmortems.read_corpus(base, "everyone")
    view = postmortems.read_corpus(base, "public")
    with pytest.raises(postmortems.UnknownRecordError, match="2026-01-01-x"):
        view.record("2026-01-01-x")
    with pytest.raises(ValueError, match="no section"):
        postmortems.compute_figures(view, ["tining"])
