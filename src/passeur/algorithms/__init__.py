"""Pure Python: ranking, text, evaluation, measures. No Django here."""
