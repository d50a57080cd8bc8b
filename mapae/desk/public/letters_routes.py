"""Addresses at which anyone verifies a letter."""

from __future__ import annotations

from mapae.desk.public import letters
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("letters", letters.verify, "verify-letter", ("everyone",)),
    Route("letters/<slug:code>", letters.letter, "letter", ("everyone",)),
    Route("letters/<slug:code>.json", letters.proof, "letter-proof", ("everyone",)),
)
