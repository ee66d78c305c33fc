"""Review quality, readiness, and the facilitator's sheets."""
