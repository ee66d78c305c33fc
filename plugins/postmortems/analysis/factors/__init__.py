"""Contributing factors: how often, in whose incidents, together with which others, and whether they recur."""
