"""Safe fixes: what is unambiguous is put right in the text of a file, and everything else stays byte for byte."""

from postmortems.fixes.edits import Fix, FixKind
from postmortems.fixes.repairing import Repair, repair

__all__ = ["Fix", "FixKind", "Repair", "repair"]
