"""The texts of the interface, extracted from code and templates as `make texts` does."""

from __future__ import annotations

import io
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

import postmortems

if TYPE_CHECKING:
    from postmortems.texts import Wording

PACKAGE = Path(postmortems.__file__).parent


@cache
def extracted_texts() -> tuple[Wording, ...]:
    """Every text, or its form for one and its form for more."""
    with TemporaryDirectory() as folder:
        template = Path(folder, "texts.pot")
        subprocess.run(
            [
                *(sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"),
                *("--mapping", str(PACKAGE / "texts/babel.cfg"), "--omit-header", "--no-location"),
                *("--keyword", "_", "--keyword", "N_", "--keyword", "ngettext:1,2"),
                *("--output", str(template), str(PACKAGE)),
            ],
            check=True,
        )
        return tuple(message.id for message in read_po(io.BytesIO(template.read_bytes())) if message.id)
