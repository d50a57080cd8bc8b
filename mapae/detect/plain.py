"""The plain reference of the lexicon: the same hits, found by looking for every term in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mapae.detect.lexicon import SQUEEZED_LATIN, SQUEEZED_OTHER, Term, needs
from mapae.text.fold import FoldedText, fold_text

__all__ = ["find_plainly", "weigh_plainly"]


def find_plainly(
    terms: Sequence[Sequence[Term]], rows: Sequence[Sequence[str]]
) -> list[list[tuple[int, ...]]]:
    """For each check its hits as tuples of the columns of Hits, in their order. rows: the text cells of each record."""
    return [
        sorted(
            (
                hit
                for row, cells in enumerate(rows)
                for field, cell in enumerate(cells)
                for channel in (0, 1)
                for entry, term in enumerate(own)
                for hit in _in_cell(term, entry, (row, field, channel), fold_text(cell, channel))
            ),
            key=lambda hit: (*hit[:4], -hit[4], hit[5]),
        )
        for own in terms
    ]


def _in_cell(
    term: Term, entry: int, place: tuple[int, int, int], folded: FoldedText
) -> Iterator[tuple[int, ...]]:
    channel = place[2]
    text, words = _searched(term, channel)
    if not text:
        return
    pattern, left_asked, right_asked = text.encode(), *needs(term, text)
    start = folded.data.find(pattern)
    while start >= 0:
        end = start + len(pattern)
        left, right, changed, gaps, kept = weigh_plainly(folded, start, end, words.encode(), channel)
        if kept and left >= left_asked and right >= right_asked and (left or channel == 0):
            yield (*place, start, end, entry, left, right, changed, gaps)
        start = folded.data.find(pattern, start + 1)


def _searched(term: Term, channel: int) -> tuple[str, str]:
    """(what is looked for in the channel, the same before leet classes); empty where the channel is not searched."""
    if term.channels not in ("both", ("fold", "squeeze")[channel]):
        return "", ""
    folded = fold_text(term.text, channel)
    if channel == 0:
        return folded.text.strip(" "), folded.text.strip(" ")
    if len(folded.text) < (SQUEEZED_LATIN if folded.text.isascii() else SQUEEZED_OTHER):
        return "", ""
    return folded.text, "".join(piece.plain or piece.text for piece in folded.pieces)


def weigh_plainly(
    folded: FoldedText, start: int, end: int, words: bytes, channel: int
) -> tuple[int, int, int, int, bool]:
    """(left, right, changed, gaps, kept) of the hit at bytes start:end of a folded cell; see Hits.

    words: the pattern before leet classes. A squeezed hit is not kept where it says no more than the plain words, or
    runs ordinary words together.
    """
    places = folded.places
    first, last = places.index(start), places.index(end)
    pieces = folded.pieces[first:last]
    behind = folded.pieces[last] if last < len(folded.pieces) else None
    left = int(pieces[0].begins)
    right = int(behind is None or behind.begins or not (behind.text.isalnum() or not behind.text.isascii()))
    if channel == 0:
        return left, right, sum(piece.changed for piece in pieces), 0, True
    changed = sum(
        piece.plain.encode()[:1] != words[at - start : at - start + 1]
        for piece, at in zip(pieces, places[first:last], strict=True)
    )
    gaps = [at for at, piece in enumerate(pieces) if at and piece.begins]
    spaces = any(pieces[at].spaced for at in gaps)
    longest = max(b - a for a, b in zip([0, *gaps], [*gaps, len(pieces)], strict=True))
    kept = changed + len(gaps) > 0 and not (spaces and longest > 1)
    return left, right, changed, len(gaps), kept
