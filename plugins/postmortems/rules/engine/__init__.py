"""What rules know, and how they are registered."""
