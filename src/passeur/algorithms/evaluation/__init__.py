"""Published accuracy: a community's own past replayed, and how well we would have done."""
