"""The command `postmortems`: check what is there, lay down a new knowledge base, write a new post-mortem."""

from postmortems.cli.main import main

__all__ = ["main"]
