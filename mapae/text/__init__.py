"""Text: normalising with a map back to the original, tokens, scripts, names across scripts."""
