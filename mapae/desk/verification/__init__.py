"""Verification: looks at what was asked to be taken down, the relisting watch, and the figures that come of it."""
