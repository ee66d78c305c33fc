"""`python -m postmortems`: the same as the command."""

import os
import sys

# Python looks for modules in the current folder first. Those of a knowledge base must not be taken for ours. The
# two above are loaded with Python itself.
_HERE = os.path.realpath(os.curdir)
sys.path[:] = [folder for folder in sys.path if folder and os.path.realpath(folder) != _HERE]

from postmortems.cli import main  # noqa: E402 - as above

main(prog_name="postmortems")
