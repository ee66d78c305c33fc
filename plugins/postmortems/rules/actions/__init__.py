"""Rules of actions and what happened to them."""
