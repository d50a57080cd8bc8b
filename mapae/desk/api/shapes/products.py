"""Shapes of the product check."""

from __future__ import annotations

from ninja import Schema

__all__ = ["KnownOut", "ProductChecked"]


class KnownOut(Schema):
    """What a list says. kind: recalled or blocked (an ingredient); sure: by number, brand and product, else only alike;
    seen: words or number that told; date: of the notice."""

    kind: str
    reference_id: str
    sure: bool
    title: str
    seen: list[str]
    source: str
    date: str
    hazard: str
    url: str
    provision: str


class ProductChecked(Schema):
    """What is known, the gravest first; nothing known does not mean safe. notices: looked at; newest: day of the newest;
    taken_down: goods at the addresses that an authority saw gone; reported: complaints naming them, 0 where they are few."""

    known: list[KnownOut]
    codes: list[str]
    addresses: list[str]
    notices: int
    newest: str
    taken_down: int
    reported: int
