"""Authorities: which bodies work at this desk. What each may do stands in the pack's competence.yaml."""
