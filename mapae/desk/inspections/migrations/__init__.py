"""Migrations of the inspections app."""
