"""What one writes before it is published, and what hangs on it: drafts, images, files."""
