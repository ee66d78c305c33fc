"""What the reference says of rules and fields."""
