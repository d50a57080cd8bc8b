"""Pages for everybody: home, signing in, the public register, figures, checking a letter."""
