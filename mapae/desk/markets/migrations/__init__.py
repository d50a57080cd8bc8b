"""Migrations of the agreements app."""
