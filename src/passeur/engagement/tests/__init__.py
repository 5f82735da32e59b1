"""Tests of the engagement room."""
