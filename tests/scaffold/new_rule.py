"""Lay down a new rule and its two cases: `make new-rule CODE=F31 NAME=no-guessing`."""

from __future__ import annotations

import argparse
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from postmortems.rules import RULES
from postmortems.rules.engine.registry import CHECKS
from scaffold import REPOSITORY, RefusedError, checked_name, filled, lay_down, write_new

if TYPE_CHECKING:
    from postmortems.rules.engine.registry import Check

CASES = REPOSITORY / "tests/rules/cases"
TODO = "<!-- TODO: {} -->\n"
BAD = TODO.format("change the record so that it breaks {code}, and the line to where {code} finds it")
GOOD = TODO.format("change the record so that it comes close to breaking {code}, but keeps it")


def new_rule(code: str, name: str) -> list[Path]:
    """Write the module of a rule and its two cases; returns their paths."""
    model = _model(code)
    if code in RULES:
        raise RefusedError(f"{code} is taken by {RULES[code].name}")
    if checked_name(name) in {rule.name for rule in RULES.values()}:
        raise RefusedError(f"{name} is the name of another rule")
    function = name.replace("-", "_")
    module = Path(import_module(model.run.__module__).__file__ or "").with_name(f"{function}.py")
    text = filled(
        "rule.py.txt",
        code=code,
        name=name,
        function=function,
        family=model.rule.family,
        blocking="" if model.rule.blocking else "\n    blocking=False,",
    )
    return write_new({module: text} | _cases(code, model))


def _model(code: str) -> Check:
    """The first rule of the same letter, whose folder and family the new one shares."""
    models = [check for known, check in sorted(CHECKS.items()) if known[0] == code[:1]]
    if not models or not re.fullmatch(r"[A-Z]\d\d", code):
        letters = ", ".join(sorted({known[0] for known in CHECKS}))
        raise RefusedError(f"a code is one of the letters {letters} and two digits, such as F31: {code}")
    return models[0]


def _cases(code: str, model: Check) -> dict[Path, str]:
    record = (CASES / "small-record.md").read_text(encoding="utf-8")
    bad = f"{record}\n{BAD.format(code=code)}<!-- expect: {code} 3:1 warning -->\n"
    good = f"{record}\n{GOOD.format(code=code)}"
    folder = CASES / code
    if all(path.is_dir() for path in (CASES / model.rule.code).iterdir()):
        return {
            folder / "bad-1/base.md": record,
            folder / "bad-1/head.md": bad,
            folder / "good-1/base.md": record,
            folder / "good-1/head.md": good,
        }
    return {folder / "bad-1.md": bad, folder / "good-1.md": good}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make new-rule", description=__doc__)
    parser.add_argument("code")
    parser.add_argument("name", nargs="?", default="")
    given = parser.parse_args()
    lay_down(
        "new-rule",
        lambda: new_rule(given.code, given.name or given.code.lower()),
        "Replace every TODO, then: make test PYTEST_ARGS='tests/rules'",
    )
