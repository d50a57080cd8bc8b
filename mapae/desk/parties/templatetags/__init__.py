"""Template tags of operators and agents."""
