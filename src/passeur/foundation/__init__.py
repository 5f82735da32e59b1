"""The cellar: event bus, base models, database, shared templates and components."""
