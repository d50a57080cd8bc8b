"""Arithmetic of markets: shares with bounds, presumption of dominance, concentration, pricing pressure."""
