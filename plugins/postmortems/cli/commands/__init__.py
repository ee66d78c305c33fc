"""The commands, one file each: its options, then what it does."""
