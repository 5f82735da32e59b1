"""Where the accounts room writes outside the database."""
