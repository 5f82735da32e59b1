"""Published accuracy: a community's own past replayed, and the figures that say how well we would have done."""
