"""Rules of times, order and deadlines."""
