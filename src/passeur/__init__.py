"""Passeur: the workplace of the learning community manager."""
