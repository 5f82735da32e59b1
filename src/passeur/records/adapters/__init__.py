"""Other record stores, over their API."""
