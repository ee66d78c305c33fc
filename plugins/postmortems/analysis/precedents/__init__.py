"""What a kind of change did before: the checklist before a change."""
