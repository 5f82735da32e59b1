"""Who can answer what: evidence, referrals, routing."""
