"""Cases: one operator × one matter; events, items, evidence, and the verbs that move them (actions/, one a file)."""
