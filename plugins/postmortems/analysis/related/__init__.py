"""Has it happened before? Which incidents are alike, and why."""
