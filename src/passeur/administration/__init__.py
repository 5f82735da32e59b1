"""For whoever runs Passeur in a company: people, roles, invitations, communities, the audit log."""
