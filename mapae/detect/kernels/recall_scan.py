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
_ONE, _BYTE, _BIT = np.uint64(1), np.uint64(3), np.uint64(7)
_FIELDS, _TITLE, _TEXT, _BRAND, _MODEL = 5, 0, 1, 2, 3
_JOIN, _LONGEST, _WORDS = 4, 10, 4096


@njit(cache=True, nogil=True, inline="always")
def _step(value, byte):  # type: ignore[no-untyped-def]
    return (value ^ np.uint64(byte)) * _PRIME


@njit(cache=True, nogil=True, inline="always")
def _begins(value, heads):  # type: ignore[no-untyped-def]
    """Whether a term may begin with what has this hash."""
    place = value & np.uint64(len(heads) * 8 - 1)
    return (heads[place >> _BYTE] >> np.uint8(place & _BIT)) & 1


@njit(cache=True, nogil=True)
def _find(value, keys, slots):  # type: ignore[no-untyped-def]
    """The term of a hash, −1 where there is none."""
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
def _split(data, start, stop, words):  # type: ignore[no-untyped-def]
    """Latin words of a cell as start, end and whether a digit is in them; their number and whether a code stands there."""
    total, at, code = 0, start, False
    while at < stop and total < _WORDS:
        byte = data[at]
        if not (48 <= byte <= 57 or 97 <= byte <= 122 or byte == 43):
            at += 1
            continue
        first, digits = at, 0
        while at < stop and (48 <= data[at] <= 57 or 97 <= data[at] <= 122 or data[at] == 43):
            digits += 1 if data[at] < 58 else 0
            at += 1
        code = code or (digits > 0 and digits < at - first and at - first >= 4 and data[first] >= 97)
        words[0, total], words[1, total], words[2, total] = first, at, digits
        total += 1
    return total, code


@njit(cache=True, nogil=True)
def _latin(data, lead, total, words, lookup, found, count):  # type: ignore[no-untyped-def]
    """Terms of Latin words alone and put together; behind `lead` only of those with a digit in the first two."""
    heads, keys, slots = lookup
    for i in range(total):
        late = words[0, i] >= lead
        if late and words[2, i] == 0 and (i + 1 >= total or words[2, i + 1] == 0):
            continue
        value, digits = _SEED, 0
        for j in range(i, min(total, i + _JOIN)):
            if j > i:
                gap = words[0, j] - words[1, j - 1]
                if gap > 2 or data[words[1, j - 1]] >= 128 or data[words[0, j] - 1] >= 128:
                    break
                if gap == 2 and (_stop(data[words[1, j - 1]]) or _stop(data[words[0, j] - 1])):
                    break
            for k in range(words[0, j], words[1, j]):
                value = _step(value, data[k])
            digits += words[2, j]
            if not _begins(value, heads):
                break
            if words[1, j] - words[0, i] < 2 or (late and digits == 0):
                continue
            term = _find(value, keys, slots)
            if term >= 0 and count < len(found):
                found[count] = term
                count += 1
    return count


@njit(cache=True, nogil=True)
def _han(data, start, stop, chars, lookup, found, count):  # type: ignore[no-untyped-def]
    """Terms of the Hangul and Han of a cell, single spaces inside a run left out."""
    heads, keys, slots = lookup
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
                if not _begins(value, heads):
                    break
                if j == i:
                    continue
                term = _find(value, keys, slots)
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
def _read(data, offsets, first, lead, words, chars, lookup, found, marks):  # type: ignore[no-untyped-def]
    """Terms of a row's cells; marks[field] is the count behind each field. Whether a code stands in title or model."""
    count, foreign = 0, False
    for field in range(_FIELDS):
        start, stop = offsets[first + field], offsets[first + field + 1]
        end = min(stop, start + lead) if field == _TEXT else stop
        total, code = _split(data, start, stop, words)
        count = _latin(data, end, total, words, lookup, found, count)
        count = _han(data, start, end, chars, lookup, found, count)
        foreign = foreign or (code and field in (_TITLE, _MODEL))
        marks[field] = count
    return foreign


@njit(cache=True, nogil=True)
def _is_latin(data, start, stop):  # type: ignore[no-untyped-def]
    """No Hangul and no Han; signs of those scripts do not count."""
    for at in range(start, stop):
        if 0xE4 <= data[at] <= 0xED or (data[at] == 0xE3 and at + 1 < stop and data[at + 1] >= 0x90):
            return False
    return True


@njit(cache=True, nogil=True)
def _name(row, found, marks, posts, state):  # type: ignore[no-untyped-def]
    """Touch the recalls whose brand or model is among the row's terms; returns how many were touched."""
    brand_at, brand_to, model_at, model_to, strong = posts
    stamp, flags, cover, touched = state
    size = 0
    for i in range(marks[_FIELDS - 1]):
        term = found[i]
        named = BRAND if i < marks[_TITLE] or marks[_BRAND - 1] <= i < marks[_BRAND] else FAINT
        for at in range(brand_at[term], brand_at[term + 1]):
            size = _touch(brand_to[at], touched, size, stamp, row, flags, cover)
            flags[brand_to[at]] |= named
        for at in range(model_at[term], model_at[term + 1]):
            size = _touch(model_to[at], touched, size, stamp, row, flags, cover)
            flags[model_to[at]] |= CODE if strong[term] else MODEL
    return size


@njit(cache=True, nogil=True)
def _spread(row, count, found, posts, cap, high, state, seen, size):  # type: ignore[no-untyped-def]
    """Add the weight of words: to recalls touched, to those without brand, and in the high-recall mode to all."""
    word_at, word_free, word_to, weight = posts
    stamp, flags, cover, touched = state
    for i in range(count):
        term = found[i]
        start, stop = word_at[term], word_at[term + 1]
        if start == stop or stop - start > cap or seen[term] == row:
            continue
        seen[term] = row
        free = stop if high else word_free[term]
        for at in range(start, free):
            size = _touch(word_to[at], touched, size, stamp, row, flags, cover)
            cover[word_to[at]] += weight[term]
        for at in range(free, stop if size else free):
            if stamp[word_to[at]] == row:
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
def scan(data, offsets, n_fields, extra, index, lead, cap, least, most, high, out):  # type: ignore[no-untyped-def]
    """Candidates of every row, best first (ties: lower recall first); returns their number, −1 where out is too short.

    extra: term numbers a row that were heard, as (row offsets, terms). lead: bytes of a description that are read in full,
    behind them only codes. cap: postings of a word longer than this are left
    out. least: smallest score that is kept, most: candidates a row. high: gate of the high-recall mode. out: row, recall,
    flags, score.
    """
    lookup, posts, weights, sounds, kind, goods = index
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
    words, chars = np.empty((3, _WORDS), np.int64), np.empty(_WORDS, np.int64)
    found, marks = np.empty(65536, np.int64), np.zeros(_FIELDS, np.int64)
    best, worth = np.empty(most, np.int64), np.empty(most, np.float32)
    done = 0
    for row in range((len(offsets) - 1) // n_fields):
        first = row * n_fields
        foreign = _read(data, offsets, first, lead, words, chars, lookup, found, marks)
        for i in range(marks[_FIELDS - 1]):
            if kind[found[i]] >= 0:
                kind_seen[kind[found[i]]] = row
        size = _name(row, found, marks, posts, state)
        size = _hear(row, extra[1][extra[0][row] : extra[0][row + 1]], sounds[0], sounds[1], state, size)
        size = _spread(row, marks[_FIELDS - 1], found, weights, cap, high, state, seen, size)
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
