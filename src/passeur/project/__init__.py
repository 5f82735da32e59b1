"""The roof: settings, addresses, the `passeur` program. Wiring, no logic."""
