"""Find the post-mortems below `incidents/`, and report files that only look like one."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from postmortems.conventions.locations import real_path
from postmortems.findings import Finding, Severity

if TYPE_CHECKING:
    from postmortems.conventions import KnowledgeBase

_ENDING = ".md"
# Other Markdown endings, in lower case: post-mortems under them would be overlooked.
_OTHER_ENDINGS = (".md", ".md.txt", ".markdown", ".mdown", ".mdtext", ".mdtxt", ".mdwn", ".mdx", ".mkd", ".mkdn")
_DROPPINGS = (".", "_", "#", "~")
# Characters and names that Windows does not allow.
_UNHOLDABLE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[ .]\Z')
_DEVICES = re.compile(r"(?:aux|con|nul|prn|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)


class RecordFile(NamedTuple):
    """A file to read: where it lies, and how messages name it."""

    path: str
    shown: str


@dataclass(slots=True)
class RecordFiles:
    """The post-mortems of a knowledge base in the order of their paths, and findings about the rest."""

    files: list[RecordFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def report(self, path: str, code: str, message: str, help_text: str = "") -> None:
        """Add an error about a file or folder."""
        self.findings.append(_finding(path, code, message, help_text))


def record_files(base: KnowledgeBase) -> RecordFiles:
    """All post-mortems of a knowledge base; links that lead out are reported and not followed."""
    listing = RecordFiles()
    if not os.path.lexists(base.incidents):  # no post-mortem yet: Git keeps no empty folder
        return listing
    root = real_path(base.incidents)
    left = [(str(base.incidents), base.shown(base.incidents))]
    while left:
        folder, shown = left.pop()
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            listing.findings.append(unreadable(shown, error))
            continue
        folders = [entry for entry in inside if _is_folder(entry) and not entry.name.startswith(".")]
        for entry in folders:
            _look_at_folder(entry, f"{shown}/{entry.name}", listing)
        for entry in inside:
            if not _is_folder(entry):
                _look_at_file(entry, f"{shown}/{entry.name}", root, listing)
        left += [(e.path, f"{shown}/{e.name}") for e in reversed(folders) if not e.is_symlink()]
    _report_nested(listing)
    return listing


def is_record_file(path: Path) -> bool:
    """Whether a file below `incidents/` is a post-mortem: Markdown, but no README and no editor's dropping."""
    return _is_record_name(path.name)


def unreadable(path: str, error: OSError) -> Finding:
    """The finding about a file or folder that the system does not let us read."""
    return _finding(path, "S101", f"this can't be read: {error.strerror}")


def _unholdable(name: str) -> str:
    """Why Windows can't hold a name; empty where it can."""
    if _DEVICES.match(name):
        return f"`{name.partition('.')[0]}` is a device there"
    match = _UNHOLDABLE.search(name)
    if not match:
        return ""
    return "it removes a space or full stop at the end" if match[0] in {" ", "."} else f"it has no `{match[0]}`"


def _report_nested(listing: RecordFiles) -> None:
    """Report the post-mortems within the folder of another: what lies in a folder is published with its record."""
    index = f"/index{_ENDING}"
    folders = {file.shown.removesuffix(index) for file in listing.files if file.shown.endswith(index)}
    for file in listing.files:
        own = file.shown.removesuffix(index)
        owner = next((str(parent) for parent in PurePosixPath(own).parents if str(parent) in folders), "")
        if owner:
            listing.report(
                file.shown,
                "S123",
                "a post-mortem lies in the folder of another, with which it would be published",
                f"move it out of `{owner}/`; begin its name with `_` if it is no post-mortem",
            )


def _look_at_folder(entry: os.DirEntry[str], shown: str, listing: RecordFiles) -> None:
    if entry.is_symlink():
        listing.report(shown, "S122", "a symbolic link to a folder is not followed")
    elif fault := _unholdable(entry.name):
        listing.report(shown, "S120", f"Windows can't store a folder of this name: {fault}", "rename the folder")


def _look_at_file(entry: os.DirEntry[str], shown: str, root: Path, listing: RecordFiles) -> None:
    name = entry.name
    if not _is_record_name(name):
        if ending := _other_ending(name):
            listing.report(
                shown,
                "S120",
                f"the file name ends in `{ending}` instead of `{_ENDING}`, so it is not read",
                f"rename it to `{name.removesuffix(ending)}{_ENDING}`, or start its name with `_` if it "
                "is not a post-mortem",
            )
    elif entry.is_symlink() and not real_path(Path(entry.path)).is_relative_to(root):
        listing.report(shown, "S122", "the file is a symbolic link that points outside incidents/")
    elif not _is_file(entry) and os.path.exists(entry.path):  # noqa: PTH110 - no Path for each of thousands
        listing.report(shown, "S101", "this is not a file of text")
    else:
        listing.files.append(RecordFile(entry.path, shown))


def _is_record_name(name: str) -> bool:
    return (
        name.endswith(_ENDING)
        and name != _ENDING
        and name.lower() != "readme.md"
        and not name.startswith(_DROPPINGS)
    )


def _other_ending(name: str) -> str:
    """The ending of a file that seems to be a post-mortem under another ending; empty where it does not."""
    plain = name.rstrip(" .").lower()  # which Windows takes away
    if name.startswith(_DROPPINGS) or plain.startswith("readme."):
        return ""
    ending = next((ending for ending in _OTHER_ENDINGS if plain.endswith(ending)), "")
    return name[len(plain) - len(ending) :] if ending else ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _finding(path: str, code: str, message: str, help_text: str = "") -> Finding:
    return Finding(path, 1, 1, code, Severity.ERROR, message, help_text, 1)
