"""What the sponsors of a community receive each month: who they are, the report, its mail."""
