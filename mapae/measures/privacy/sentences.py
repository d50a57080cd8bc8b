"""Two versions' sentences set against each other: the same, moved, reworded, changed, added, removed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from mapae.measures.privacy.segments import Segment, normal

__all__ = ["Change", "compare_sentences", "key_of"]

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"[*`|>#]+")
_MARK = re.compile(
    r"^\s*(?:[-*+•·▷▶■◆●□※>#|]+|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[가-하][.)]|[a-z][.)]|[①-⑳]|제\s?\d+\s?[조항호](?:의\s?\d+)?)\s*"
)
_WORD = re.compile(r"[a-z0-9]+|[가-힣]+|[\u4e00-\u9fff]")
_LONGEST_RUN = 60  # sentences, or lines of them, that may have been broken at other places
_LATIN = re.compile("[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. kind: moved, form, wording (cosmetic); changed, added, removed (substantive).

    old, new: the sentences on each side, empty where there is none; told: words or figures that differ.
    """

    kind: str
    old: tuple[Segment, ...]
    new: tuple[Segment, ...]
    told: tuple[str, ...] = ()

    @property
    def substantive(self) -> bool:
        """Whether what the policy says changed, not only how."""
        return self.kind in ("changed", "added", "removed")


def key_of(text: str) -> str:
    """A sentence without markup, numbering, spaces, signs and case: what stays when only the form changes."""
    bare = _bare(text)
    while (cut := _MARK.sub("", bare, count=1)) != bare:
        bare = cut
    return _letters(bare)


def _bare(text: str) -> str:
    return _EMPHASIS.sub("", _LINK.sub(r"\1", unicodedata.normalize("NFKC", normal(text))))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char in "@%")


def compare_sentences(
    old: Sequence[Segment], new: Sequence[Segment], table: Mapping[str, Any], texts: Sequence[str]
) -> list[Change]:
    """All differences in the order of the new version, removed sentences last. table: privacy/comparison.yaml; texts: of
    the old and the new version."""
    sides = _rests(old, texts[0]), _rests(new, texts[1])
    rests = {**sides[0], **sides[1]}
    left, right = _keyed(old), _keyed(new)
    pairs, left, right = _equal(left, right)
    changes = _moves(pairs)
    broken, left, right = _runs(left, right, rests)
    reworded, left, right = _alike(left, right, table)
    changes += broken + reworded
    changes += [Change("added", (), (item,)) for key, item in right if not _passed_over(key, sides[0])]
    changes.sort(key=lambda change: change.new[0].start)
    return changes + [Change("removed", (item,), ()) for key, item in left if not _passed_over(key, sides[1])]


Keyed = list[tuple[str, Segment]]


def _keyed(parts: Sequence[Segment]) -> Keyed:
    """Sentences by key; a label that is a heading and still stands in the sentence behind it is read once."""
    twice = {item.start for item in parts if not item.first}
    own = (item for item in parts if not (item.first and item.start in twice))
    return [(key, item) for item in own if (key := key_of(item.text) or _letters(_bare(item.text)))]


def _equal(left: Keyed, right: Keyed) -> tuple[list[tuple[Segment, Segment]], Keyed, Keyed]:
    """Sentences with the same key, wherever they stand; each counts as often as it stands."""
    waiting: dict[str, list[Segment]] = defaultdict(list)
    for key, item in left:
        waiting[key].append(item)
    pairs, rest = [], []
    for key, item in right:
        if waiting[key]:
            pairs.append((waiting[key].pop(0), item))
        else:
            rest.append((key, item))
    kept = Counter({key: len(items) for key, items in waiting.items()})
    gone: Keyed = []
    for key, item in reversed(left):
        if kept[key]:
            kept[key] -= 1
            gone.append((key, item))
    return pairs, gone[::-1], rest


def _moves(pairs: Sequence[tuple[Segment, Segment]]) -> list[Change]:
    """Of equal sentences, those that look different now, and those that stand in another order."""
    ahead, found = -1, []
    for old, new in pairs:
        if old.start < ahead:
            found.append(Change("moved", (old,), (new,)))
        elif old.text != new.text:
            found.append(Change("form", (old,), (new,)))
        ahead = max(ahead, old.start)
    return found


def _rests(parts: Sequence[Segment], text: str) -> dict[int, str]:
    """By sentence: what stands behind it and is too short for one of its own, as the last word of a broken line."""
    ordered = sorted(parts, key=lambda item: (item.start, item.end))
    ends = [*(item.start for item in ordered[1:]), len(text)]
    return {id(item): text[item.end : end] for item, end in zip(ordered, ends, strict=True)}


def _passed_over(key: str, rests: Mapping[int, str]) -> bool:
    """Whether it is a list's mark alone, or the other version says it where no sentence is read: in a table of contents."""
    mark = len(key) < 2 or key.isdigit()
    return mark or any(key in _letters(_bare(rest)) for rest in rests.values() if len(rest) > len(key))


def _runs(left: Keyed, right: Keyed, rests: Mapping[int, str]) -> tuple[list[Change], Keyed, Keyed]:
    """Sentences that are the same where one follows the other: only lines or sentences were broken at other places.

    First as they stand, since a line may begin with a figure of its sentence, then without marks and numbers of lists.
    """
    found: list[Change] = []
    for whole in (True, False):
        sides = [
            [_letters(_bare(item.text) + _bare(rests[id(item)])) if whole else key for key, item in side]
            for side in (left, right)
        ]
        for run in _regrouped(*sides):
            old, new = (
                tuple(side[at][1] for at in own) for side, own in zip((left, right), run, strict=True)
            )
            found.append(Change("form", old, new))
        gone = {id(part) for change in found for part in (*change.old, *change.new)}
        left, right = ([pair for pair in side if id(pair[1]) not in gone] for side in (left, right))
    return found, left, right


def _regrouped(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Neighbours on the left and on the right that make up the same letters, each in one run."""
    taken: set[int] = set()
    at = 0
    while at < len(left):
        for start in range(len(right)):
            run = _run(left, right, at, start)
            if run and taken.isdisjoint(run[1]):
                taken.update(run[1])
                yield run
                at = run[0].stop - 1
                break
        at += 1


def _run(left: Sequence[str], right: Sequence[str], at: int, start: int) -> tuple[range, range] | None:
    """The shortest run from these two on; None where they go apart."""
    ahead, behind, until, end = left[at], right[start], at + 1, start + 1
    while ahead != behind:
        shorter = min(len(ahead), len(behind))
        if not shorter or ahead[:shorter] != behind[:shorter] or until + end - at - start > _LONGEST_RUN:
            return None
        ahead, behind = ahead[shorter:], behind[shorter:]
        if not ahead and until < len(left):
            ahead, until = left[until], until + 1
        elif not behind and end < len(right):
            behind, end = right[end], end + 1
        else:
            return None
    return range(at, until), range(start, end)


def _alike(left: Keyed, right: Keyed, table: Mapping[str, Any]) -> tuple[list[Change], Keyed, Keyed]:
    """Pairs of sentences that are one sentence reworded or changed, the most alike first."""
    if not left or not right:
        return [], left, right
    scores = process.cdist([key for key, _ in left], [key for key, _ in right], scorer=fuzz.ratio)
    order = sorted(
        ((float(scores[i, j]), i, j) for i, j in zip(*(scores >= table["alike"]).nonzero(), strict=True)),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    found = []
    for _, i, j in order:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            old, new = left[i][1], right[j][1]
            told = _particulars(old.text, new.text, table)
            found.append(Change("changed" if told else "wording", (old,), (new,), told))
    return (
        found,
        [pair for at, pair in enumerate(left) if at not in used_left],
        [pair for at, pair in enumerate(right) if at not in used_right],
    )


def _particulars(old: str, new: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    """What differs beyond form and inflection: figures, contacts, words that turn or loosen, words of substance."""
    exact = re.compile("|".join([*table["particulars"], *table["marks"]]))
    sides = [Counter(match.group() for match in exact.finditer(text)) for text in (old, new)]
    told = [*(sides[0] - sides[1]), *(sides[1] - sides[0])]
    stop = set(table["stop"])
    words = [
        [word for word in _WORD.findall(exact.sub(" ", text)) if word not in stop] for text in (old, new)
    ]
    stems = [{_stem(word, table["same"]) for word in side} for side in words]
    for side, other in ((0, 1), (1, 0)):
        told += [word for word in words[side] if _stem(word, table["same"]) not in stems[other]]
    return tuple(dict.fromkeys(told))


def _stem(word: str, same: Mapping[str, int]) -> str:
    return word[: same["latin"] if _LATIN.match(word) else same["other"]]
