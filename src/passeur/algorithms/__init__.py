"""Pure Python: ranking, text, evaluation. No Django here."""
