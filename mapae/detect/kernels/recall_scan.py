"""Finds recalls that a listing may name: words, codes and kinds of goods by hash; the reference is mapae.detect.recall_plain.

One pass a row. Latin letters and digits are hashed a word at a time, and up to four words put together (so that hyphens
and spaces do not matter), a code also without up to four signs at its end; Hangul and Han are hashed at every place for
two to ten characters, spaces left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from mapae.detect.kernels.recall_rank import BRAND, CODE, FAINT, HELD, MODEL, SOUND, rank
from mapae.detect.kernels.recall_words import FIELDS, TITLE, WORDS, is_latin, read_row

__all__ = ["scan"]

Array = Any
_BRAND = 2  # the field of the brand


@njit(cache=True, nogil=True, inline="always")
def _touch(recall, touched, count, row, held):  # type: ignore[no-untyped-def]
    if held[recall].row != row:
        held[recall].row = row
        held[recall].flags = 0
        held[recall].cover = 0.0
        touched[count] = recall
        return count + 1
    return count


@njit(cache=True, nogil=True)
def _name(row, found, marks, posts, held, touched):  # type: ignore[no-untyped-def]
    """Touch the recalls whose brand or model is among the row's terms; returns how many were touched."""
    brand_at, brand_to, model_at, model_to, strong = posts
    size = 0
    for i in range(marks[FIELDS - 1]):
        term = found[i]
        named = BRAND if i < marks[TITLE] or marks[_BRAND - 1] <= i < marks[_BRAND] else FAINT
        for at in range(brand_at[term], brand_at[term + 1]):
            size = _touch(brand_to[at], touched, size, row, held)
            held[brand_to[at]].flags |= named
        for at in range(model_at[term], model_at[term + 1]):
            size = _touch(model_to[at], touched, size, row, held)
            held[model_to[at]].flags |= CODE if strong[term] else MODEL
    return size


@njit(cache=True, nogil=True)
def _spread(row, count, found, posts, cap, high, held, touched, seen, size):  # type: ignore[no-untyped-def]
    """Add the weight of words: to recalls touched, to those without brand, and in the high-recall mode to all."""
    word_at, word_free, word_to, weight = posts
    for i in range(count):
        term = found[i]
        start, stop = word_at[term], word_at[term + 1]
        if start == stop or stop - start > cap or seen[term] == row:
            continue
        seen[term] = row
        free = stop if high else word_free[term]
        for at in range(start, free):
            size = _touch(word_to[at], touched, size, row, held)
            held[word_to[at]].cover += weight[term]
        for at in range(free, stop if size else free):
            if held[word_to[at]].row == row:
                held[word_to[at]].cover += weight[term]
    return size


@njit(cache=True, nogil=True)
def _hear(row, heard, sound_at, sound_to, held, touched, size):  # type: ignore[no-untyped-def]
    for term in heard:
        for at in range(sound_at[term], sound_at[term + 1]):
            size = _touch(sound_to[at], touched, size, row, held)
            held[sound_to[at]].flags |= SOUND
    return size


@njit(cache=True, nogil=True)
def _held(coded, whole):  # type: ignore[no-untyped-def]
    held = np.zeros(len(whole), HELD)
    for recall in range(len(whole)):
        held[recall].row = -1
        held[recall].coded, held[recall].whole = coded[recall], whole[recall]
    return held


@njit(cache=True, nogil=True)
def scan(data, offsets, n_fields, extra, index, lead, cap, least, most, high, out):  # type: ignore[no-untyped-def]
    """Candidates of every row, best first (ties: lower recall first); returns their number, −1 where out is too short.

    extra: term numbers a row that were heard, as (row offsets, terms). lead: bytes of a description that are read in full,
    behind them only codes. cap: postings of a word longer than this are left
    out. least: smallest score that is kept, most: candidates a row. high: gate of the high-recall mode. out: row, recall,
    flags, score.
    """
    lookup, posts, weights, sounds, kind, goods = index
    out_row, out_recall, out_flags, out_score = out
    kinds_at, kinds, coded, whole = goods
    held, touched = _held(coded, whole), np.empty(len(whole), np.int32)
    seen, kind_seen = np.full(len(kind), -1, np.int64), np.full(1024, -1, np.int64)
    words, chars = np.empty((5, WORDS), np.int64), np.empty(WORDS, np.int64)
    found, marks = np.empty(65536, np.int64), np.zeros(FIELDS, np.int64)
    best, worth = np.empty(most, np.int64), np.empty(most, np.float32)
    done = 0
    for row in range((len(offsets) - 1) // n_fields):
        first = row * n_fields
        foreign = read_row(data, offsets, first, lead, words, chars, lookup, found, marks)
        for i in range(marks[FIELDS - 1]):
            if kind[found[i]] >= 0:
                kind_seen[kind[found[i]]] = row
        size = _name(row, found, marks, posts, held, touched)
        size = _hear(
            row, extra[1][extra[0][row] : extra[0][row + 1]], sounds[0], sounds[1], held, touched, size
        )
        size = _spread(row, marks[FIELDS - 1], found, weights, cap, high, held, touched, seen, size)
        latin = is_latin(data, offsets[first], offsets[first + 1])
        kept = rank(
            row, size, kinds_at, kinds, kind_seen, held, touched, foreign, latin, least, high, best, worth
        )
        if done + kept > len(out_row):
            return -1
        for i in range(kept):
            out_row[done], out_recall[done] = row, best[i]
            out_flags[done], out_score[done] = held[best[i]].flags, worth[i]
            done += 1
    return done
