"""Reads days from forms."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from mapae.errors import InputError

__all__ = ["day", "day_or_none"]


def day_or_none(text: str) -> date | None:
    """The day of `2026-11-25`; None where nothing is given; InputError for anything else."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            _("%(text)s is no day.") % {"text": text[:20]}, mend=_("Write it as 2026-11-25.")
        ) from None


def day(text: str) -> date:
    """The day; InputError where none is given."""
    found = day_or_none(text)
    if found is None:
        raise InputError(_("Give a day."), mend=_("Write it as 2026-11-25."))
    return found
