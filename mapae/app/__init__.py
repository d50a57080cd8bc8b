"""Use cases as plain functions, called by the command line and by the desk."""
