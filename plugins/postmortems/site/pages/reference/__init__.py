"""The rules and the fields."""
