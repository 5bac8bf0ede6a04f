"""Sums for one's own case: pure functions over dated figures, and the reading of free wording into them."""
