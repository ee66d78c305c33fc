"""How often incidents happen, by quarter, year and severity."""
