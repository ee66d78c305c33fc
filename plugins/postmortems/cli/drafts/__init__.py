"""How `new` asks, and the draft it makes of the answers."""
