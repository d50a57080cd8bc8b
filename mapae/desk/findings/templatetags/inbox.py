"""Words of findings for templates: `{% load inbox %}`."""

from __future__ import annotations

from django import template

from mapae.desk.cases import titles
from mapae.desk.findings import names
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


@register.filter
def check_word(key: str) -> str:
    """A check by its key."""
    return names.check_name(key)


@register.filter
def reference_word(key: str) -> str:
    """What a finding was held against."""
    return names.reference_name(key)


@register.filter
def item_word(title: str) -> str:
    """A record's title; a class of goods, which is the title of a test result, in words."""
    return names.in_words(title)
