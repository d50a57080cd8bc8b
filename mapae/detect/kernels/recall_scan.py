"""Finds recalls that a listing may name: words, codes and kinds of goods by hash; the reference is mapae.detect.recall_plain.

One pass a row. Latin letters and digits are hashed a word at a time, and up to four words put together (so that hyphens
and spaces do not matter); Hangul and Han are hashed at every place for two to ten characters, spaces left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["BRAND", "CODE", "FAINT", "FOREIGN", "KIND", "MODEL", "SOUND", "scan"]

Array = Any
BRAND, FAINT, SOUND, MODEL, CODE, KIND, FOREIGN = 1, 2, 4, 8, 16, 32, 64
_SEED, _PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
_ONE, _BLOOM = np.uint64(1), np.uint64((1 << 23) - 1)
_BYTE, _BIT = np.uint64(3), np.uint64(7)
_FIELDS, _TITLE, _BRAND, _MODEL = 5, 0, 2, 3
_JOIN, _LONGEST, _WORDS = 4, 10, 4096


@njit(cache=True, nogil=True, inline="always")
def _step(value, byte):  # type: ignore[no-untyped-def]
    return (value ^ np.uint64(byte)) * _PRIME


@njit(cache=True, nogil=True)
def _find(value, bloom, keys, slots):  # type: ignore[no-untyped-def]
    """The term of a hash, −1 where there is none."""
    place = value & _BLOOM
    if not (bloom[place >> _BYTE] >> np.uint8(place & _BIT)) & 1:
        return -1
    mask = np.uint64(len(keys) - 1)
    at = (value >> np.uint64(20)) & mask
    while keys[at] != 0:
        if keys[at] == value:
            return slots[at]
        at = (at + _ONE) & mask
    return -1


@njit(cache=True, nogil=True)
def _stop(byte):  # type: ignore[no-untyped-def]
    return byte in (44, 46, 58, 59)


@njit(cache=True, nogil=True)
def _latin(data, start, stop, words, bloom, keys, slots, found, count):  # type: ignore[no-untyped-def]
    """Terms of the Latin words of a cell; returns the new count and whether a code stands there."""
    total, at, code = 0, start, False
    while at < stop:
        byte = data[at]
        if not (48 <= byte <= 57 or 97 <= byte <= 122 or byte == 43):
            at += 1
            continue
        first, digits = at, 0
        while at < stop and (48 <= data[at] <= 57 or 97 <= data[at] <= 122 or data[at] == 43):
            digits += 1 if data[at] < 58 else 0
            at += 1
        code = code or (digits > 0 and digits < at - first and at - first >= 4 and data[first] >= 97)
        if total < _WORDS:
            words[0, total], words[1, total] = first, at
            total += 1
    for i in range(total):
        value = _SEED
        for j in range(i, min(total, i + _JOIN)):
            if j > i:
                gap = words[0, j] - words[1, j - 1]
                if gap > 2 or data[words[1, j - 1]] >= 128 or data[words[0, j] - 1] >= 128:
                    break
                if gap == 2 and (_stop(data[words[1, j - 1]]) or _stop(data[words[0, j] - 1])):
                    break
            for k in range(words[0, j], words[1, j]):
                value = _step(value, data[k])
            if words[1, j] - words[0, i] < 2:
                continue
            term = _find(value, bloom, keys, slots)
            if term >= 0 and count < len(found):
                found[count] = term
                count += 1
    return count, code


@njit(cache=True, nogil=True)
def _han(data, start, stop, chars, bloom, pairs, keys, slots, found, count):  # type: ignore[no-untyped-def]
    """Terms of the Hangul and Han of a cell, single spaces inside a run left out."""
    at = start
    while at < stop:
        if data[at] < 0xE3 or data[at] > 0xED or at + 2 >= stop:
            at += 1
            continue
        total = 0
        while at + 2 < stop and total < _WORDS:
            if 0xE3 <= data[at] <= 0xED:
                chars[total] = at
                total += 1
                at += 3
            elif data[at] == 32 and 0xE3 <= data[at + 1] <= 0xED:
                at += 1
            else:
                break
        for i in range(total - 1):
            value = _SEED
            for j in range(i, min(total, i + _LONGEST)):
                for k in range(3):
                    value = _step(value, data[chars[j] + k])
                if j == i:
                    continue
                if j == i + 1:
                    place = value & _BLOOM
                    if not (pairs[place >> _BYTE] >> np.uint8(place & _BIT)) & 1:
                        break
                term = _find(value, bloom, keys, slots)
                if term >= 0 and count < len(found):
                    found[count] = term
                    count += 1
    return count


@njit(cache=True, nogil=True)
def _touch(recall, touched, count, stamp, row, flags, cover):  # type: ignore[no-untyped-def]
    if stamp[recall] != row:
        stamp[recall] = row
        flags[recall] = 0
        cover[recall] = 0.0
        touched[count] = recall
        return count + 1
    return count


@njit(cache=True, nogil=True)
def _read(data, offsets, first, words, chars, lookup, found, marks):  # type: ignore[no-untyped-def]
    """Terms of a row's cells; marks[field] is the count behind each field. Whether a code stands in title or model."""
    bloom, pairs, keys, slots = lookup
    count, foreign = 0, False
    for field in range(_FIELDS):
        start, stop = offsets[first + field], offsets[first + field + 1]
        count, code = _latin(data, start, stop, words, bloom, keys, slots, found, count)
        count = _han(data, start, stop, chars, bloom, pairs, keys, slots, found, count)
        foreign = foreign or (code and field in (_TITLE, _MODEL))
        marks[field] = count
    return foreign


@njit(cache=True, nogil=True)
def _is_latin(data, start, stop):  # type: ignore[no-untyped-def]
    for at in range(start, stop):  # noqa: SIM110 numba knows no all()
        if 0xE3 <= data[at] <= 0xED:
            return False
    return True


@njit(cache=True, nogil=True)
def _spread(row, found, marks, posts, cap, state, seen):  # type: ignore[no-untyped-def]
    """Touch the recalls of the row's terms: flags of brand and model, weight of words; returns how many were touched."""
    brand_at, brand_to, model_at, model_to, strong, word_at, word_to, weight = posts
    stamp, flags, cover, touched = state
    size = 0
    for i in range(marks[_FIELDS - 1]):
        term = found[i]
        named = BRAND if i < marks[_TITLE] or marks[_BRAND - 1] <= i < marks[_BRAND] else FAINT
        for at in range(brand_at[term], brand_at[term + 1]):
            size = _touch(brand_to[at], touched, size, stamp, row, flags, cover)
            flags[brand_to[at]] |= named
        if seen[term] == row:
            continue
        seen[term] = row
        for at in range(model_at[term], model_at[term + 1]):
            size = _touch(model_to[at], touched, size, stamp, row, flags, cover)
            flags[model_to[at]] |= CODE if strong[term] else MODEL
        if word_at[term + 1] - word_at[term] <= cap:
            for at in range(word_at[term], word_at[term + 1]):
                size = _touch(word_to[at], touched, size, stamp, row, flags, cover)
                cover[word_to[at]] += weight[term]
    return size


@njit(cache=True, nogil=True)
def _hear(row, heard, sound_at, sound_to, state, size):  # type: ignore[no-untyped-def]
    stamp, flags, cover, touched = state
    for term in heard:
        for at in range(sound_at[term], sound_at[term + 1]):
            size = _touch(sound_to[at], touched, size, stamp, row, flags, cover)
            flags[sound_to[at]] |= SOUND
    return size


@njit(cache=True, nogil=True)
def _rank(row, size, goods, kind_seen, state, foreign, latin, least, high, best, worth):  # type: ignore[no-untyped-def]
    """The best of the touched recalls, best first; returns their number."""
    kinds_at, kinds, coded, whole = goods
    _, flags, cover, touched = state
    most, kept = len(best), 0
    for i in range(size):
        recall = touched[i]
        for at in range(kinds_at[recall], kinds_at[recall + 1]):
            if kind_seen[kinds[at]] == row:
                flags[recall] |= KIND
                break
        if foreign and coded[recall] & 1:
            flags[recall] |= FOREIGN
        share = min(np.float32(1.0), cover[recall] / whole[recall])
        score = _worth(flags[recall], share, coded[recall], latin, high)
        place = kept if kept < most else most - 1
        if score < least or (kept == most and not _before(score, recall, worth[place], best[place])):
            continue
        while place > 0 and _before(score, recall, worth[place - 1], best[place - 1]):
            best[place], worth[place] = best[place - 1], worth[place - 1]
            place -= 1
        best[place], worth[place] = recall, score
        kept = min(most, kept + 1)
    return kept


@njit(cache=True, nogil=True)
def scan(data, offsets, n_fields, extra, index, cap, least, most, high, out):  # type: ignore[no-untyped-def]
    """Candidates of every row, best first (ties: lower recall first); returns their number, −1 where out is too short.

    extra: term numbers a row that were heard, as (row offsets, terms). cap: postings of a word longer than this are left
    out. least: smallest score that is kept, most: candidates a row. high: gate of the high-recall mode. out: row, recall,
    flags, score.
    """
    lookup, posts, sounds, kind, goods = index
    out_row, out_recall, out_flags, out_score = out
    recalls = len(goods[2])
    flags = np.zeros(recalls, np.uint8)
    state = (
        np.full(recalls, -1, np.int64),
        flags,
        np.zeros(recalls, np.float32),
        np.empty(recalls, np.int64),
    )
    seen, kind_seen = np.full(len(kind), -1, np.int64), np.full(1024, -1, np.int64)
    words, chars = np.empty((2, _WORDS), np.int64), np.empty(_WORDS, np.int64)
    found, marks = np.empty(65536, np.int64), np.zeros(_FIELDS, np.int64)
    best, worth = np.empty(most, np.int64), np.empty(most, np.float32)
    done = 0
    for row in range((len(offsets) - 1) // n_fields):
        first = row * n_fields
        foreign = _read(data, offsets, first, words, chars, lookup, found, marks)
        for i in range(marks[_FIELDS - 1]):
            if kind[found[i]] >= 0:
                kind_seen[kind[found[i]]] = row
        size = _spread(row, found, marks, posts, cap, state, seen)
        size = _hear(row, extra[1][extra[0][row] : extra[0][row + 1]], sounds[0], sounds[1], state, size)
        latin = _is_latin(data, offsets[first], offsets[first + 1])
        kept = _rank(row, size, goods, kind_seen, state, foreign, latin, least, high, best, worth)
        if done + kept > len(out_row):
            return -1
        for i in range(kept):
            out_row[done], out_recall[done] = row, best[i]
            out_flags[done], out_score[done] = flags[best[i]], worth[i]
            done += 1
    return done


@njit(cache=True, nogil=True)
def _before(score, recall, other, other_recall):  # type: ignore[no-untyped-def]
    return score > other or (score == other and recall < other_recall)


@njit(cache=True, nogil=True)
def _worth(flags, cover, marks, latin, high):  # type: ignore[no-untyped-def]
    """What the signs together are worth; 0 where they do not make a candidate of the mode."""
    named = flags & (BRAND | FAINT | SOUND)
    code, model, kind = flags & CODE, flags & MODEL, flags & KIND
    score = cover
    score += np.float32(1.0 if flags & BRAND else 0.6 if named else 0.0)
    score += np.float32(1.5 if code else 0.8 if model else 0.0)
    score += np.float32(0.7 if kind else 0.0)
    if high:
        return score
    other = (flags & FOREIGN) and not code and not model
    if code:
        return score if named or kind or cover >= 0.3 else np.float32(0.0)
    if other:
        return np.float32(0.0)
    if model and named:
        return score
    lined = marks & 4 and latin and cover <= 0.0
    if named and kind and not lined and (flags & (BRAND | SOUND) or cover >= 0.3):
        return score
    if flags & BRAND and cover >= 0.5:
        return score
    if (model or (marks & 2 and cover >= 0.5)) and kind:
        return score
    return np.float32(0.0)
