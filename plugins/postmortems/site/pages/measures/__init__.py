"""Timing and frequency."""
