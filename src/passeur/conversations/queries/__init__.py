"""What other code asks about conversations."""
