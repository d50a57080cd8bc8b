"""Looks at removed listings again, by the desk's verb `verify`, where this desk has it."""

from __future__ import annotations

from importlib import import_module

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseItem

__all__ = ["knows", "seen_gone"]


def knows(verb: str) -> bool:
    """Whether this desk can do the verb."""
    try:
        import_module(f"mapae.desk.cases.actions.{verb}")
    except ImportError:
        return False
    return True


def seen_gone(user: User, case: Case | None, item: CaseItem) -> None:
    """An officer saw that the listing is gone."""
    run("verify", user, case, items=[item], verdict="removed", how="officer")
