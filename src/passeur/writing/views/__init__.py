"""Addresses of drafts and files."""
