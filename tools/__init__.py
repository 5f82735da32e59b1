"""Commands of those who work on Passeur."""
