"""Backups: one archive of the database and of the kept files, and an empty place filled from it again."""
