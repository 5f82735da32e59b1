"""A member's home: what they follow, what somebody like them is missing, each with its reason; it ends."""
