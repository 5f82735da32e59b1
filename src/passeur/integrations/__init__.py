"""Connectors to outside places: a folder each, holding all of it."""
