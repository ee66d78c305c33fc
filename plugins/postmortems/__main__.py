"""`python -m postmortems`: the same as the command."""

from postmortems.cli import main

main(prog_name="postmortems")
