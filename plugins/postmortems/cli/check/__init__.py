"""How `check` chooses what to judge, and how it reports."""
