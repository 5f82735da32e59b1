"""Outside places: what a connector brings in, and the record of each import."""
