"""What a policy says on one item: the sentences that speak of it, and the parts of a full disclosure found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapae.measures.privacy.segments import LISTED, Segment

__all__ = ["EMPTY", "NONE", "Reading", "Topic"]

_FOLLOW, _SHORT = 4, 60
EMPTY = re.compile(
    r"추후\s?(?:\S+\s)?(?:공지|안내|게시|지정)|(?:지정|안내|공지)\s?예정|준비\s?중|작성\s?중"
    r"|\btb[ad]\b|to be (?:announced|determined|added)|coming soon|待定|另行(?:通知|公布)|敬请期待"
    # What a form leaves to be filled in: a firm of circles, brackets with an order to write, square brackets.
    r"|(?:[○〇ㅇ△◯]{2,}|\boo+)(?=\s?(?:\(?주\)?|주식|카드|은행|택배|물류|회사|업체|클라우드|페이|\||$))|_{4,}"
    r"|[(\[]\s?(?:[^()\[\]\n]{0,16}\s)?(?:작성|기재|기입|입력|填写|待补)\s?[)\]]"
    r"|\[(?:회사명|업체명|상호|이메일|연락처|公司名称)\](?!\()"
    r"|\[(?:your |the |insert )?(?:company|business|store|e-?mail|contact|insert)\b[^\]\n]{0,24}\](?!\()"
)

NONE = re.compile(
    r"\W*(?:해당\s?(?:사항)?(?:이|은)?\s?(?:없음|없습니다)|없음|없습니다|none|n/a|not applicable|无|没有|不适用|不涉及)\W*$"
)


@dataclass(frozen=True)
class Reading:
    """Sentences on an item, those that speak to everyone, where each part was found, and where it is denied."""

    told: tuple[Segment, ...]
    general: tuple[Segment, ...]
    parts: Mapping[str, tuple[Segment, ...]]
    denied: Segment | None
    vague: Segment | None
    distinct: Mapping[str, int]
    headed: frozenset[Segment] = frozenset()

    def has(self, *names: str) -> bool:
        """Whether all these parts are found in sentences that speak to everyone."""
        return all(any(not segment.local for segment in self.parts[name]) for name in names)

    def any(self, *names: str) -> bool:
        """Whether one of these parts is found anywhere."""
        return any(self.parts[name] for name in names)

    def first(self, *names: str) -> Segment | None:
        """The sentence to show for these parts: of the item's own section, to everyone, with most parts in it.

        Without them the first sentence on the item, of its own section if it has one.
        """
        found = [segment for name in names for segment in self.parts.get(name, ())]
        if not found:
            return self.own(self.general or self.told)
        return max(found, key=self._worth)

    def own(self, found: Sequence[Segment]) -> Segment | None:
        """The first of these sentences of the item's own section, else the first; None where there is none."""
        return next((segment for segment in found if segment in self.headed), found[0] if found else None)

    def holds(self, name: str, segment: Segment) -> bool:
        """Whether the part is found in this sentence."""
        return segment.start in self._starts[name]

    @cached_property
    def _starts(self) -> dict[str, frozenset[int]]:
        return {name: frozenset(item.start for item in found) for name, found in self.parts.items()}

    def _worth(self, segment: Segment) -> tuple[bool, bool, bool, int]:
        held = sum(segment.start in starts for starts in self._starts.values())
        titles = segment.text == segment.columns
        return not segment.local, not titles, segment in self.headed, held


@dataclass(frozen=True)
class Topic:
    """An item as privacy/topics.yaml describes it."""

    row: Mapping[str, Any]

    def read(self, segments: Sequence[Segment]) -> Reading:
        """Read the policy for this item. A heading alone says nothing; a section under a fitting heading speaks of it."""
        told = tuple(self._told(segments)) or tuple(self._dense(segments))
        parts: dict[str, tuple[Segment, ...]] = {}
        for name, pattern in self._parts.items():
            where = (
                [item for item in segments if not item.first] if name in self.row.get("wide", ()) else told
            )
            found = [item for item in where if pattern.search(item.text)]
            parts[name] = tuple(sorted(found, key=lambda item: not self._under(item)))
        distinct = {
            name: len(
                {match.group() for item in told if not item.local for match in pattern.finditer(item.text)}
            )
            for name, pattern in self._parts.items()
        }
        return Reading(
            told,
            tuple(item for item in told if not item.local),
            parts,
            self._first(self._denied, segments) or self._none(segments),
            self._first(self._vague, told),
            distinct,
            frozenset(item for item in told if self._under(item)),
        )

    def _told(self, segments: Sequence[Segment]) -> Iterator[Segment]:
        """Sentences on the item; the few behind one that names it, in the same section, still speak of it."""
        follow, under = 0, ""
        for item in segments:
            if item.first or (len(item.text) < _SHORT and EMPTY.search(item.text) and "|" not in item.text):
                continue
            if self._elsewhere and self._elsewhere.search(_without(self._joint, item.heading)):
                continue
            if self._about(item):
                follow, under = _FOLLOW, item.heading
                yield item
            elif follow and item.heading == under:
                follow -= 0 if LISTED.match(item.text) else 1
                yield item
            else:
                follow = 0

    def _dense(self, segments: Sequence[Segment]) -> Iterator[Segment]:
        """Where no sentence names the item: those that hold so much of its parts that they can speak of nothing else."""
        wanted: Mapping[str, int] = self.row.get("dense", {})
        never = _any(self.row["not_dense"]) if self.row.get("not_dense") else None
        for item in segments:
            if not wanted or item.first or (never and never.search(item.text)):
                continue
            if all(len(set(self._parts[name].findall(item.text))) >= least for name, least in wanted.items()):
                yield item

    def _about(self, item: Segment) -> bool:
        return bool(self._topic.search(item.text)) or self._under(item)

    def _under(self, item: Segment) -> bool:
        """Whether the section, its chapter or the title of a column names the item."""
        titles = item.columns if self.row.get("columns") else ""
        return bool(self._heading and self._heading.search(f"{item.heading} {item.above} {titles}"))

    def _none(self, segments: Sequence[Segment]) -> Segment | None:
        """Where the item's own section says nothing but that there is none."""
        own = (item for item in segments if not item.first and NONE.match(item.text))
        return next((item for item in own if self._heading and self._heading.search(item.heading)), None)

    @staticmethod
    def _first(pattern: re.Pattern[str] | None, items: Sequence[Segment]) -> Segment | None:
        if pattern is None:
            return None
        return next((item for item in items if not item.first and pattern.search(item.text)), None)

    @cached_property
    def _topic(self) -> re.Pattern[str]:
        return _any(self.row["about"])

    @cached_property
    def _heading(self) -> re.Pattern[str] | None:
        return _any(self.row["heading"]) if self.row.get("heading") else None

    @cached_property
    def _elsewhere(self) -> re.Pattern[str] | None:
        return _any(self.row["not_under"]) if self.row.get("not_under") else None

    @cached_property
    def _joint(self) -> re.Pattern[str] | None:
        return _any(self.row["joint_heading"]) if self.row.get("joint_heading") else None

    @cached_property
    def _denied(self) -> re.Pattern[str] | None:
        return _any(self.row["denied"]) if self.row.get("denied") else None

    @cached_property
    def _vague(self) -> re.Pattern[str] | None:
        return _any(self.row["vague"]) if self.row.get("vague") else None

    @cached_property
    def _parts(self) -> dict[str, re.Pattern[str]]:
        return {
            name: _any(words) for name, words in self.row.get("parts", {}).items() if isinstance(words, list)
        }


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(words))


def _without(pattern: re.Pattern[str] | None, text: str) -> str:
    """The text less what the pattern matches in it."""
    return pattern.sub(" ", text) if pattern else text
