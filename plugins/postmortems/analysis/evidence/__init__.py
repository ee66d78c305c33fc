"""Which records support which control of an audit."""
