"""What a rule is, and how rules judge records."""
