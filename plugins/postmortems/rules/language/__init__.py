"""Rules that depend on the language of the text: blame, persons, names."""
