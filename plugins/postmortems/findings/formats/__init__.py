"""The formats in which findings are printed: one file a format, each a pure function from a report to its text."""
