"""Check what `make dist` built: names, metadata, contents, and that a second build gives the same bytes."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from packaging.metadata import Metadata

REPOSITORY = Path(__file__).resolve().parents[2]
# Where the files of the repository lie in the wheel; the rest of it is metadata.
INSTALLED = {"plugins/postmortems/": "postmortems/", "schemas/": "postmortems/schemas/"}


def faults_of(folder: Path, version: str) -> list[str]:
    """What is wrong with the source archive and the wheel of a folder, in words; nothing if both are sound."""
    sdist, wheel = folder / f"postmortems-{version}.tar.gz", folder / f"postmortems-{version}-py3-none-any.whl"
    built = sorted(path.name for path in folder.iterdir())
    if built != sorted([sdist.name, wheel.name]):
        return [f"dist/ holds {', '.join(built)} in place of {sdist.name} and {wheel.name}"]
    return [*_contents(sdist, wheel), *_metadata(wheel, version), *_second_build(sdist, wheel)]


def _contents(sdist: Path, wheel: Path) -> list[str]:
    tracked = _tracked()
    installed = {
        inside + name.removeprefix(outside)
        for outside, inside in INSTALLED.items()
        for name in tracked
        if name.startswith(outside)
    }
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    with tarfile.open(sdist) as archive:
        sources = {name.partition("/")[2] for name in archive.getnames()} - {"PKG-INFO"}
    return [
        *(f"{name} is missing in the wheel" for name in sorted(installed - packed)),
        *(f"{name} doesn't belong in the wheel" for name in sorted(packed - installed)),
        *(f"{name} is in the source archive, but not in Git" for name in sorted(sources - tracked)),
    ]


def _tracked() -> set[str]:
    """The files that Git knows of, the new ones that it doesn't ignore among them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {name for name in listed.split("\0") if name and (REPOSITORY / name).is_file()}


def _metadata(wheel: Path, version: str) -> list[str]:
    """What an index would refuse or show badly."""
    with ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        text = archive.read(name)
    try:
        metadata = Metadata.from_email(text, validate=True)
    except ExceptionGroup as group:
        return [f"the metadata is invalid: {error}" for error in group.exceptions]
    pyproject = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "version": version,
        "requires_python": pyproject["project"]["requires-python"],
        "description_content_type": "text/markdown",
    }
    return [
        f"the metadata says {getattr(metadata, field)} for {field}, in place of {value}"
        for field, value in wanted.items()
        if str(getattr(metadata, field)) != value
    ]


def _second_build(sdist: Path, wheel: Path) -> list[str]:
    """Build the wheel again, from nothing but the source archive."""
    with TemporaryDirectory() as folder:
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        (sources,) = Path(folder).iterdir()
        hatchling = Path(sys.executable).with_name("hatchling")
        subprocess.run(
            [hatchling, "build", "--target", "wheel", "--directory", folder],
            cwd=sources,
            check=True,
            capture_output=True,
        )
        same = (Path(folder) / wheel.name).read_bytes() == wheel.read_bytes()
    return [] if same else ["a wheel built from the source archive has other bytes"]


if __name__ == "__main__":
    from postmortems import __version__

    folder = Path(sys.argv[1])
    faults = faults_of(folder, __version__)
    print(*faults, sep="\n", file=sys.stderr)
    if not faults:
        print(*(f"{path} ({path.stat().st_size:,} bytes)" for path in sorted(folder.iterdir())), sep="\n")
    sys.exit(bool(faults))
