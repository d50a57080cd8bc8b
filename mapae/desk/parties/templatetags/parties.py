"""Words of operators and agents for templates: `{% load parties %}`."""

from __future__ import annotations

from django import template

from mapae.desk import citing
from mapae.desk.parties.titles import act_name, country, word

register = template.Library()


@register.filter
def country_word(code: str) -> str:
    """A country by its two letters."""
    return country(code)


@register.filter
def regime_word(key: str) -> str:
    """The Act of a mandate or duty."""
    return act_name(key)


@register.filter
def channel_word(key: str) -> str:
    """A way by which somebody is reached."""
    return word("channels", key)


@register.filter
def rests_on(reason: str) -> str:
    """What an answer of law rests on, in words."""
    return citing.rests_on(reason)
