"""Rules of the prose."""
