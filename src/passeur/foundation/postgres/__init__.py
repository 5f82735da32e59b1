"""The database: the private PostgreSQL of a data folder, and what Passeur asks of any server."""
