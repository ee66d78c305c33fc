"""Whether a fix worked: before and after compared."""
