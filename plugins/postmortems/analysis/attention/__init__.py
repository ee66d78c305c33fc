"""What needs attention today."""
