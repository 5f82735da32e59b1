"""`passeur serve`: the database, the web and the workers of one machine, started and stopped together."""
