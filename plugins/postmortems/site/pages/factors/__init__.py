"""The page of all factors, and of one."""
