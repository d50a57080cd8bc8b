"""Tables of verification, in order."""
