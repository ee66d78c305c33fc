"""The reference pages that are made from the code: `make reference` writes them anew."""

from __future__ import annotations

import ast
import inspect
import os
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortems.cli.main import COMMANDS, main
from postmortems.cli.main import command as the_command
from postmortems.engines.mkdocs.plugin import PluginOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

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


PAGES = {"commands.md": commands_page, "options.md": options_page}


if __name__ == "__main__":
    os.environ["COLUMNS"] = "120"
    for name, page in PAGES.items():
        (GUIDE / name).write_text(page(), encoding="utf-8")
        print(GUIDE / name)
