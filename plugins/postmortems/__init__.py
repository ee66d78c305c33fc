"""Incident post-mortems in Git: validated, aggregated and published as a site of lessons."""

__version__ = "0.1.0"
