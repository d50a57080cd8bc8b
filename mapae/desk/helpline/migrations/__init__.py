"""Migrations of the helpline."""
