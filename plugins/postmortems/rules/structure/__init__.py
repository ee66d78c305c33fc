"""Rules of shape and references."""
