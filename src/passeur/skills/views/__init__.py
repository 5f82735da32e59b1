"""Pages of the skills room."""
