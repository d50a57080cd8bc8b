"""Migrations of the releases."""
