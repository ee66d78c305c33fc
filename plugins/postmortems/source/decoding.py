"""Decode bytes, and report what an editor, Git or a browser would show differently."""

from __future__ import annotations

from postmortems.findings import Finding, Severity
from postmortems.runtime.patterns import Pattern

MAX_BYTES = 2 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"
# What YAML, HTML or a terminal would act on: controls, lone carriage returns, other line breaks, what turns the
# direction of text, byte order marks, non-characters.
_TURNING = "\u202a-\u202e\u2066-\u2069"
_UNWANTED = Pattern(f"[\x00-\x08\x0b\x0c\r\x0e-\x1f\x7f-\x9f\u2028\u2029{_TURNING}\ufeff\ufffe\uffff]")
_TURNS = Pattern(f"[{_TURNING}]")
# The bytes that most text consists of, none of them unwanted.
_PLAIN = bytes([0x09, 0x0A, *range(0x20, 0x7F)])


def decode(path: str, data: bytes) -> tuple[str, list[Finding]]:
    r"""Decode a file; line ends become `\\n`.

    Returns the text and the findings; with an error among them the text is not to be read on.
    """
    if len(data) > MAX_BYTES:
        return "", [too_large(path, len(data))]
    findings: list[Finding] = []
    if data.startswith(_BOM):
        findings.append(
            _finding(
                path,
                1,
                1,
                "the file starts with a byte order mark",
                "save it as UTF-8 without a byte order mark",
            )
        )
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        line, column = _position(before.replace("\r\n", "\n"), None)
        findings.append(
            _finding(
                path,
                line,
                column,
                f"byte 0x{data[error.start]:02x} is not UTF-8",
                "save the file as UTF-8",
            )
        )
        return "", findings
    text = text.replace("\r\n", "\n")
    if not _UNWANTED.search(data.translate(None, _PLAIN).decode()):  # a quick look
        return text, findings
    if "\r" in text and "\n" not in text:
        message = "lines end with a carriage return only"
        help_text = "save the file with Linux, macOS or Windows line endings"
        return text, [_finding(path, 1, text.index("\r") + 1, message, help_text)]
    for match in _UNWANTED.finditer(text):
        line, column = _position(text, match.start())
        findings.append(_unwanted(path, line, column, match[0]))
        if len(findings) >= 20:  # a binary file would have thousands
            break
    return text, findings


def _unwanted(path: str, line: int, column: int, character: str) -> Finding:
    number = f"U+{ord(character):04X}"
    if _TURNS.match(character):
        message = (
            f"the text contains the bidirectional control {number}, so it looks different from what is stored"
        )
        return _finding(path, line, column, message, "delete it; letters carry their own direction", "S107")
    name = "a carriage return" if character == "\r" else f"the control character {number}"
    return _finding(path, line, column, f"{name} stands in the text", "delete it")


def too_large(path: str, size: int) -> Finding:
    """The finding about a file over the size limit."""
    return _finding(
        path,
        1,
        1,
        f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}",
        "keep logs and dumps elsewhere, and name them under `evidence`",
    )


def _position(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column, from 1, of an offset; by default of the end."""
    before = text if offset is None else text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _finding(  # noqa: PLR0913, PLR0917 - the parts of one finding
    path: str, line: int, column: int, message: str, help_text: str, code: str = "S101"
) -> Finding:
    return Finding(path, line, column, code, Severity.ERROR, message, help_text, column + 1)
