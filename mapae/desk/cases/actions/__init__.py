"""The verbs of a case, one a file. Each is an Action: permission, one transaction, own audit entry, then the outbox.

`run("serve", user, case, …)` finds the action by its verb (the file's name) and does it; Refused says why not.
"""

from mapae.desk.cases.actions._action import Action, Refused, action, allowed, run

__all__ = ["Action", "Refused", "action", "allowed", "run"]
