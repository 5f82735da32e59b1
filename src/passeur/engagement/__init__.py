"""How communities live: roll-ups of what people did, and measures made of them. Groups, never a person."""
