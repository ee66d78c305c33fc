"""Rules of reviews and their outcome."""
