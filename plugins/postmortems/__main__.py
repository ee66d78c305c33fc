"""`python -m postmortems`: the same as the command."""

import sys
from pathlib import Path

# Python looks for modules in the current folder first. Those of a knowledge base must not be taken for ours.
sys.path[:] = [folder for folder in sys.path if folder and Path(folder).resolve() != Path.cwd()]

from postmortems.cli import main  # noqa: E402 - as above

main(prog_name="postmortems")
