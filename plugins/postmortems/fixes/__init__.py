"""Safe fixes: what is unambiguous is put right in the text of a file, and everything else stays byte for byte."""

from postmortems.fixes.edits import Fix, FixKind
from postmortems.fixes.repairing import Repair, repair
from postmortems.fixes.replacing import NotReplacedError, replace_file

__all__ = ["Fix", "FixKind", "NotReplacedError", "Repair", "repair", "replace_file"]
