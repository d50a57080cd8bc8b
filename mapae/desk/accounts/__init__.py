"""People who sign in: officers, agents, auditors; their roles, bodies, firms and API tokens."""
