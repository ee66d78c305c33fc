"""How long each phase took."""
