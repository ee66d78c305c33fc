"""Editions made from records that are texts, through the real doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.conventions import Conventions, KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.exports import Addresses, ExportContext
from sites import AS_OF, POLICY, to_yaml, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from export_cases import MakeEdition

_CONVENTIONS: dict[str, Conventions] = {}  # by their policy, read once


@pytest.fixture
def context(tmp_path: Path) -> MakeEdition:
    """Make the context of a knowledge base: records by their paths, under the policy of Example Bank."""

    def make(
        files: Mapping[str, str],
        *,
        audience: str = "public",
        site_url: str | None = None,
        as_of: datetime = AS_OF,
        policy: Mapping[str, Any] = POLICY,
        preview: bool = False,
    ) -> ExportContext:
        base = KnowledgeBase(write(tmp_path, {"schemas/policy.yaml": to_yaml(policy), **files}))
        conventions = _CONVENTIONS.get(to_yaml(policy)) or load_conventions(base)[0]
        assert conventions, load_conventions(base)[1]
        _CONVENTIONS[to_yaml(policy)] = conventions
        corpus = open_corpus(read_library(base, conventions), conventions, Audience(audience), preview=preview)
        return ExportContext(corpus, conventions, as_of, Addresses.of(site_url))

    return make
