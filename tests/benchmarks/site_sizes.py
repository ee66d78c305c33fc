"""What a large site weighs: how long it takes to build, and its heaviest pages as servers send them, compressed.

Run it by `python tests/benchmarks/site_sizes.py --records 10000`; it keeps nothing.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from making_records import make_knowledge_base

SETTINGS = """\
site_name: Many
theme: {name: material, font: false, features: [navigation.path, navigation.indexes]}
plugins: [search, postmortems]
"""
SHOWN = 12


def built(root: Path, records: int) -> Path:
    """The site of so many made-up post-mortems."""
    make_knowledge_base(root, records)
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=root, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    return root / "site"


def sizes(site: Path) -> list[tuple[int, int, str]]:
    """Each page: bytes as sent, bytes as they are, and its path; the heaviest first."""
    pages = ((path, path.read_bytes()) for path in site.rglob("*.html"))
    return sorted(
        ((len(gzip.compress(content, 6)), len(content), str(path.relative_to(site))) for path, content in pages),
        reverse=True,
    )


def main() -> None:
    """Build and print."""
    parser = argparse.ArgumentParser(description="What a large site weighs.")
    parser.add_argument("--records", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postmortems-bench-") as name:
        start = time.perf_counter()
        site = built(Path(name) / "kb", options.records)
        print(f"{options.records:,} records built in {time.perf_counter() - start:.0f} s")
        for sent, plain, path in sizes(site)[:SHOWN]:
            print(f"{sent / 1000:8.1f} KB sent {plain / 1000:10.1f} KB  {path}")


if __name__ == "__main__":
    main()
