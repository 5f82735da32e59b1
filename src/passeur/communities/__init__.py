"""Communities: purpose, charter, memberships, roles, invitations."""
