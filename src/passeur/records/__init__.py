"""The learning record store: what people did, as xAPI statements, from here and from outside."""
