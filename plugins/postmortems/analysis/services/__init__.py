"""Services: what happened to each."""
