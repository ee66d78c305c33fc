"""Which modules are changed, and the tests nearest to each: those of its own first, then those of its folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path("plugins/postmortems")
_RULE = re.compile(r'^    code="([A-Z]\d+)"', re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A part of the package, how many of a hundred mutations are drawn from it, and the tests about it."""

    under: str
    share: int
    tests: tuple[str, ...]

    def modules(self, root: Path) -> list[Path]:
        """The modules of a checkout, by their path in it."""
        path = root / PACKAGE / self.under
        found = [path] if path.is_file() else sorted(path.rglob("*.py"))
        return [module.relative_to(root) for module in found if module.name != "__init__.py"]


PARTS = (
    Part(
        "corpus.py", 12, ("tests/test_corpus.py", "tests/test_withheld_references.py", "tests/test_due_dates.py")
    ),
    Part("due_date_history.py", 10, ("tests/test_due_dates.py",)),
    Part("site/sanitise.py", 8, ("tests/site/test_sanitising.py",)),
    Part("rules", 35, ("tests/rules",)),
    Part("analysis", 35, ("tests/analysis",)),
)


def stages(root: Path, part: Part, module: Path) -> list[list[str]]:
    """The arguments of pytest, run by run: one that fails makes the next needless."""
    codes = _RULE.findall((root / module).read_text(encoding="utf-8"))
    if codes:
        own = ["tests/rules/test_rule_cases.py", "-k", " or ".join(f"{code}/" for code in codes)]
        return [own, list(part.tests)]
    name = ".".join(module.relative_to(PACKAGE.parent).with_suffix("").parts)
    importing = [
        str(path.relative_to(root))
        for folder in part.tests
        for path in sorted((root / folder).glob("test_*.py"))
        if f"from {name} import" in path.read_text(encoding="utf-8")
    ]
    return [importing, list(part.tests)] if importing else [list(part.tests)]
