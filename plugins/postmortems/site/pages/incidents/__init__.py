"""The listing, and the page of one incident."""
