"""The reference pages that are made from the code: `make reference` writes them anew."""

from __future__ import annotations

import ast
import inspect
import os
import re
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

import postmortems
from postmortems.cli.main import COMMANDS, main
from postmortems.cli.main import command as the_command
from postmortems.engines.mkdocs.plugin import PluginOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

API = {
    "Read and check a knowledge base": [
        *("open_knowledge_base", "check", "read_corpus", "list_rules", "compute_figures"),
        *("KnowledgeBase", "CheckResult", "Finding", "Severity", "CorpusView", "Corpus", "Postmortem"),
    ],
    "Errors": ["KnowledgeBaseError", "NothingToCheckError", "UnknownRecordError", "BrokenPluginError"],
    "Plug-ins": [
        *("rule", "Rule", "Applies", "Problem", "RuleContext", "PluginPage", "Format", "Tables"),
        *("Importer", "ImportedRecord", "list_importers"),
    ],
}
"""The public names, in the order of their page."""

_API_OPENING = """# Python API

What can be imported from `postmortems` is public, and listed here. Names, parameters and results stay as they
are within a major version; fields and optional parameters may be added. Every other module and name is internal
and may change in any version. `compute_figures`, `Format`, `Tables` and `PluginPage` need the extra `site`; the
others do not.

```python
import postmortems

base = postmortems.open_knowledge_base(".")
result = postmortems.check(base, audience="public")
for finding in result.findings:
    print(finding.path, finding.line, finding.code, finding.message)

corpus = postmortems.read_corpus(base, "public")
for record in corpus.records:
    print(record.id, record.title)
```

[Plug-ins](plugins.md) add rules, pages and exports with the same names.
"""

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs/guide"


def commands_page() -> str:
    """All commands with their arguments and options, as `--help` tells them."""
    parts = ["# Commands", "", "Made from the program itself: `postmortems COMMAND --help` says the same.", ""]
    group = click.Context(main, info_name="postmortems", **main.context_settings)
    for name in sorted(COMMANDS):
        command = the_command(name)
        # Below its group, since a command keeps the option of help that it is first asked for.
        context = click.Context(command, info_name=name, parent=group)
        usage = " ".join(command.collect_usage_pieces(context))
        parts += [f"## {name}", "", _paragraphs(command.help or ""), "", "```console"]
        parts += [f"$ postmortems {name} {usage}", "```", ""]
        options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
        if options:
            parts += [
                "| option | what it does |",
                "| --- | --- |",
                *(_option(option, context) for option in options),
                "",
            ]
        if command.epilog:
            parts += [_paragraphs(command.epilog), ""]
    return "\n".join(parts).rstrip() + "\n"


def options_page() -> str:
    """The options of the plugin, with what their docstrings say."""
    parts = ["# Options of the plugin", ""]
    parts += ["What may stand under `postmortems` among the `plugins` of `mkdocs.yml`.", ""]
    parts += ["| option | default | what it does |", "| --- | --- | --- |"]
    defaults = {name: option.default for name, option in PluginOptions._schema}
    parts += [f"| `{name}` | {_default(defaults[name])} | {_cell(text)} |" for name, text in _docstrings()]
    return "\n".join(parts) + "\n"


def api_page() -> str:
    """What can be imported from the package, as its docstrings say it."""
    parts = [_API_OPENING]
    for title, names in API.items():
        parts.append(f"## {title}\n")
        parts += [_api_entry(name) for name in names]
    return "\n".join(parts).rstrip() + "\n"


def _api_entry(name: str) -> str:
    thing = getattr(postmortems, name)
    lines = [f"### `{name}`", ""]
    if inspect.isfunction(thing):
        lines += ["```python", f"{name}{_signature(thing)}", "```", ""]
    lines += [inspect.cleandoc(thing.__doc__ or ""), ""]
    if inspect.isclass(thing) and not issubclass(thing, StrEnum | Exception):
        members = [*_fields(thing), *_members(thing)]
        if members:
            lines += ["| member | what it is |", "| --- | --- |", *members, ""]
    return "\n".join(lines)


def _signature(function: Callable[..., object]) -> str:
    """The signature, one parameter a line where it is long."""
    signature = inspect.signature(function)
    parts = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        parts.append(f"{parameter.name}: {parameter.annotation}{default}")
    line = f"({', '.join(parts)}) -> {signature.return_annotation}"
    if len(line) < 90:
        return line
    inside = "".join(f"    {part},\n" for part in parts)
    return f"(\n{inside}) -> {signature.return_annotation}"


def _fields(thing: type) -> Iterator[str]:
    kinds = getattr(thing, "__dataclass_fields__", {})
    yield from (
        f"| `{name}` | `{str(field.type).replace('|', chr(92) + '|')}` |"
        for name, field in kinds.items()
        if not name.startswith("_")
    )


def _members(thing: type) -> Iterator[str]:
    for name, member in vars(thing).items():
        if name.startswith("_") or not (isinstance(member, property) or inspect.isfunction(member)):
            continue
        text = " ".join(inspect.getdoc(member).split()) if inspect.getdoc(member) else ""
        shown = name if isinstance(member, property) else f"{name}()"
        yield f"| `{shown}` | {_cell(text)} |"


def _default(value: object) -> str:
    return f"`{str(value).lower()}`" if value not in {"", None} else ""


def _docstrings() -> Iterator[tuple[str, str]]:
    """The options of the class in their order, each with the text below it."""
    body = ast.parse(inspect.getsource(PluginOptions)).body[0].body
    for assignment, text in pairwise(body):
        if isinstance(assignment, ast.Assign) and isinstance(text, ast.Expr):
            yield assignment.targets[0].id, inspect.cleandoc(text.value.value)


def _paragraphs(text: str) -> str:
    parts = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(_code(part.replace("\n", " ").strip()) for part in parts)


def _option(option: click.Option, context: click.Context) -> str:
    written = option.get_help_record(context)
    assert written, option.name
    return f"| `{written[0].replace('|', chr(92) + '|')}` | {_cell(written[1])} |"


def _cell(text: str) -> str:
    return _code(" ".join(text.split())).replace("|", "\\|")


def _code(text: str) -> str:
    """Options and names in capitals stand as code; what Markdown would act on is kept from it."""
    return re.sub(r"(?<![\w`-])(--[a-z-]+)", r"`\1`", text).replace("<", "&lt;").replace("*", "\\*")


PAGES = {"commands.md": commands_page, "options.md": options_page, "api.md": api_page}


if __name__ == "__main__":
    os.environ["COLUMNS"] = "120"
    for name, page in PAGES.items():
        (GUIDE / name).write_text(page(), encoding="utf-8")
        print(GUIDE / name)
