"""Rituals: what comes back in a community, who sees to it, and what it drew."""
