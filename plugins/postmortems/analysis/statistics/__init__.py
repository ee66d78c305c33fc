"""Statistics and time windows that the questions share. Imports no question."""
