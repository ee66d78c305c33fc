"""Actions: which are open or overdue, in what order, and what became of them."""
