"""What is wrong with a set-up, in plain words, and what to do about it."""
