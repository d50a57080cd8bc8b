"""The faces of the one-click switch, for the bar of every page in training mode."""

from __future__ import annotations

from django import template

from mapae.desk.training.faces import Face, faces

register = template.Library()


@register.simple_tag
def training_faces() -> list[Face]:
    """Everybody whom the switch offers."""
    return faces()
