"""What the leadership brief says of a quarter."""
