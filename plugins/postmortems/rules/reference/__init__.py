"""The reference of rules and fields."""
