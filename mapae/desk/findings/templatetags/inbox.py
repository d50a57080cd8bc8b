"""Words of findings for templates: `{% load inbox %}`."""

from __future__ import annotations

from django import template

from mapae.desk.cases import titles
from mapae.desk.findings.models import FINDING_STATES, REASONS
from mapae.desk.law import said

register = template.Library()


@register.filter
def severity_word(place: int) -> str:
    """A severity by its place."""
    return titles.severity(place)


@register.filter
def matter_word(key: str) -> str:
    """A matter by its key."""
    return titles.matter(key)


@register.filter
def finding_state_word(key: str) -> str:
    """A finding's state, or a decision's verdict."""
    return said(FINDING_STATES.get(key, {"en": key}))


@register.filter
def reason_word(key: str) -> str:
    """Why a finding was rejected."""
    return said(REASONS.get(key, {"en": key}))
