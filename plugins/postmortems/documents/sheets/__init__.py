"""Sheets for a facilitator, made from a record: the worksheet of a review, and a tabletop exercise."""

from postmortems.documents.sheets.exercise import exercise, has_exercise
from postmortems.documents.sheets.worksheet import needs_worksheet, worksheet

__all__ = ["exercise", "has_exercise", "needs_worksheet", "worksheet"]
