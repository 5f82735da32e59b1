"""Themes, as a tree with synonyms; the skills and interests people state."""
