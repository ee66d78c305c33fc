"""Lessons: by kind and audience."""
