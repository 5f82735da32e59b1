"""The manager's day: cues, the moves they offer, and what was done."""
