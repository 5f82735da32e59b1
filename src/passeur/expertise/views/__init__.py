"""The pages and fragments of the room."""
