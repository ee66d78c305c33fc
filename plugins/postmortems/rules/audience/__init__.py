"""Rules of what an audience may see."""
