"""Which recalls that a row touches are candidates, and which of them are the best."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["BRAND", "CODE", "FAINT", "FOREIGN", "HELD", "KIND", "MODEL", "SOUND", "rank"]

Array = Any
BRAND, FAINT, SOUND, MODEL, CODE, KIND, FOREIGN = 1, 2, 4, 8, 16, 32, 64
# what is held of a recall, side by side since each row meets hundreds here and there: the last row that touched it, the
# weight of the words in it, the weight of all its words, flags, marks
HELD = np.dtype(
    [("row", "i4"), ("cover", "f4"), ("whole", "f4"), ("flags", "u1"), ("coded", "u1"), ("_", "u2")],
    align=True,
)


@njit(cache=True, nogil=True)
def rank(row, size, kinds_at, kinds, kind_seen, held, touched, foreign, latin, least, high, best, worth):  # type: ignore[no-untyped-def]
    """The best of the touched recalls, best first; returns their number."""
    most, kept = len(best), 0
    for i in range(size):
        recall = touched[i]
        flags, marks = held[recall].flags, held[recall].coded
        if foreign and marks & 1:
            flags |= FOREIGN
        share = min(np.float32(1.0), held[recall].cover / held[recall].whole)
        place = kept if kept < most else most - 1
        # most fall out even if the goods were theirs: which they are, is looked up for the others only
        score = _worth(flags | KIND, share, marks, latin, high)
        if score < least or (kept == most and not _before(score, recall, worth[place], best[place])):
            continue
        if _shown(row, kinds_at[recall], kinds_at[recall + 1], kinds, kind_seen):
            flags |= KIND
        else:
            score = _worth(flags, share, marks, latin, high)
        held[recall].flags = flags
        if score < least or (kept == most and not _before(score, recall, worth[place], best[place])):
            continue
        while place > 0 and _before(score, recall, worth[place - 1], best[place - 1]):
            best[place], worth[place] = best[place - 1], worth[place - 1]
            place -= 1
        best[place], worth[place] = recall, score
        kept = min(most, kept + 1)
    return kept


@njit(cache=True, nogil=True)
def _shown(row, first, last, kinds, kind_seen):  # type: ignore[no-untyped-def]
    """Whether one of these kinds of goods was seen in the row."""
    shown = False
    for at in range(first, last):
        shown = shown or kind_seen[kinds[at]] == row
    return shown


@njit(cache=True, nogil=True)
def _before(score, recall, other, other_recall):  # type: ignore[no-untyped-def]
    return score > other or (score == other and recall < other_recall)


@njit(cache=True, nogil=True)
def _worth(flags, cover, marks, latin, high):  # type: ignore[no-untyped-def]
    """What the signs together are worth; 0 where they do not make a candidate of the mode."""
    code, model, kind = flags & CODE, flags & MODEL, flags & KIND
    score = cover
    score += np.float32(1.0 if flags & BRAND else 0.6 if flags & (FAINT | SOUND) else 0.0)
    score += np.float32(1.5 if code else 0.8 if model else 0.0)
    score += np.float32(0.7 if kind else 0.0)
    if high:
        return score
    return score if _holds(flags, cover, marks, latin) else np.float32(0.0)


@njit(cache=True, nogil=True)
def _holds(flags, cover, marks, latin):  # type: ignore[no-untyped-def]
    """Whether the signs can come to a match: a model with something beside it, or the brand with goods and words."""
    named, told = flags & (BRAND | FAINT | SOUND), flags & (BRAND | SOUND)
    kind, free = flags & KIND, marks & 2
    if flags & CODE:
        return named or kind or cover >= 0.3
    if flags & MODEL and named:
        return True
    if flags & FOREIGN:
        return False
    if flags & MODEL and kind and cover >= 0.3:
        return True
    if marks & 16 and latin and cover < (0.2 if told and kind else 0.7):
        return False
    if named and kind and not (marks & 4 and latin and cover <= 0.0) and (told or cover >= 0.3):
        return True
    return cover >= 0.5 and (flags & BRAND or (free and kind))
