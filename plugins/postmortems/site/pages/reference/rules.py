"""Rules: an index by family, and a page for each, in the words of `postmortems explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.rules.reference.explain import explain
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postmortems.rendering.context import SiteContext
    from postmortems.rules import Rule

INDEX = "method/rules/index.md"


def rule_uri(code: str) -> str:
    """Where the page of a rule lies."""
    return f"method/rules/{code}.md"


def pages(context: SiteContext, rules: Mapping[str, Rule]) -> Iterable[Page]:
    """The index of all rules, and the page of each."""
    yield _index_page(context, rules)
    for rule in rules.values():
        yield _rule_page(context, rule)


def _index_page(context: SiteContext, rules: Mapping[str, Rule]) -> Page:
    families: dict[str, list[Rule]] = {}
    for rule in rules.values():
        families.setdefault(rule.family, []).append(rule)
    return Page(
        uri=INDEX,
        title=_("Rules"),
        description=_("Every rule that a post-mortem is checked by: what it finds, why, and how to mend it."),
        template="reference/rules.html",
        context={
            "site": context,
            "families": dict(sorted(families.items())),
            "total": len(rules),
            "rule_uri": rule_uri,
        },
        section="method/index.md",
    )


def _rule_page(context: SiteContext, rule: Rule) -> Page:
    explanation = explain(rule)
    return Page(
        uri=rule_uri(rule.code),
        title=explanation.title,
        description=explanation.summary.replace("`", ""),
        template="reference/rule.html",
        context={"site": context, "rule": explanation, "index": INDEX},
        section="method/index.md",
        # Who searches looks for lessons; by its code a rule is found on the index.
        searchable=False,
    )
