"""Template tags of training mode."""
