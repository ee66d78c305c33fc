"""Rules of triggers, factors and root causes."""
