"""Questions, discussions, experiences, announcements, and how people answer them."""
