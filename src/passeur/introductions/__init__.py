"""Introductions: two people brought together, both having said yes."""
