"""The check `hazardous_goods.kc`: goods that want the KC mark, shown to Korean buyers without a well-formed number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.hazardous_goods.kc_marks import Marks, Said, read_mark
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_AGENTS_NOTICE = "ELEC 36"
_LOOKED = ("title", "category")
_READ = ("title", "description", "model", "extra")  # where something is said of the mark
_SHOWN = ("listing_id", "platform", "seller_id", "title", "url")
_DETAIL = {
    "absent": "says that the goods carry no KC mark",
    "evaded": "gives no number where the number belongs",
    "bare": "claims the mark without a well-formed number",
    "nothing": "says nothing of the KC mark",
    "notice": "gives the notice of purchase agents, which does not free goods of this kind",
    "agency": "offers purchase through an agent and gives no number and no notice",
}
_SCORE = {"absent": 0.7, "evaded": 0.5, "bare": 0.4, "agency": 0.4, "notice": 0.4, "nothing": 0.3}


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of goods: article, how purchase agency stands (banned, notice, none), parts of the safe harbour."""

    name: str
    provision: str
    agency: str
    harbour: tuple[str, ...]
    in_force_from: date | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What a listing of a group says, the provision it offends, and the reasons of that provision's safe harbour."""

    group: _Group
    said: Said
    provision: str
    since: date | None
    harbour: tuple[Reason, ...]


@dataclass(frozen=True)
class _Bound:
    groups: tuple[_Group, ...]
    words: dict[str, Any]
    agents_from: date | None

    @cached_property
    def _entries(self) -> tuple[tuple[Term, int], ...]:
        """Words of goods with their group; −1 for words that make it no such goods."""
        found: dict[str, tuple[Term, int]] = {}
        for at, group in enumerate(self.groups):
            for word in self.words["groups"][group.name]["words"]:
                found.setdefault(str(word), (Term(str(word), ref=group.provision), at))
        for word in self.words["not_goods"]:
            found.setdefault(str(word), (Term(str(word)), -1))
        return tuple(found.values())

    @property
    def terms(self) -> tuple[Term, ...]:
        """A term a word."""
        return tuple(term for term, _ in self._entries)

    @cached_property
    def _marks(self) -> Marks:
        return Marks.of(self.words)

    @cached_property
    def _group_of(self) -> npt.NDArray[np.int16]:
        return np.asarray([group for _, group in self._entries], np.int16)

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding a listing, of its first group in the order of the pack."""
        looked = np.asarray([name in _LOOKED for name in batch.kind.text], bool)
        hits = hits.take(looked[hits.field]) if len(hits) else hits
        rows = self._candidates(batch, hits)
        if not len(rows):
            return
        hits = self._first(hits, rows)
        cells = {name: batch.column(name).take(pa.array(rows)) for name in (*_READ, *_SHOWN)}
        speaks = self._marks.may_speak([cells[name] for name in _READ])
        texts = [cells[name].to_pylist() for name in _READ]
        shown = zip(*(cells[name].to_pylist() for name in _SHOWN), strict=True)
        for at, known in enumerate(shown):
            said = {
                name: text[at] for name, text in zip(_READ, texts, strict=True) if speaks[at] and text[at]
            }
            found = self._judge(said, self.groups[int(self._group_of[hits.entry[at]])])
            if found is not None:
                yield self._finding(batch.row(int(rows[at])), hits, at, known, found)

    def _first(self, hits: Hits, rows: npt.NDArray[np.int64]) -> Hits:
        """For each of these rows its first hit of the first group that it names."""
        groups = self._group_of[hits.entry]
        goods = np.flatnonzero(groups >= 0)
        best = goods[np.lexsort((goods, groups[goods], hits.row[goods]))]
        return hits.take(best[np.searchsorted(hits.row[best], rows)])

    def _candidates(self, batch: Batch, hits: Hits) -> npt.NDArray[np.int64]:
        """Rows with such goods and no word against it, shown to Korean buyers (Hangul in the title, or won)."""
        goods, other = np.zeros(len(batch), bool), np.zeros(len(batch), bool)
        if len(hits):
            of = self._group_of[hits.entry]
            goods[hits.row[of >= 0]] = True
            other[hits.row[of < 0]] = True
        korean = np.asarray(pc.fill_null(pc.match_substring_regex(batch.column("title"), "[가-힣]"), False))
        won = pc.is_in(pc.utf8_upper(batch.column("currency")), value_set=pa.array(self.words["currencies"]))
        return np.flatnonzero(goods & ~other & (korean | np.asarray(pc.fill_null(won, False))))

    def _judge(self, texts: dict[str, str], group: _Group) -> _Found | None:
        """texts: the cells that may say something of the mark."""
        sayings = read_mark(texts, self._marks, group.provision.startswith("CHM"))
        said = {item.saying: item for item in sayings}
        if "number" in said or group.in_force_from is None:
            return None
        if group.agency == "notice" and ("agency" in said or "notice" in said):
            if "notice" in said:
                return None
            return _Found(group, said["agency"], _AGENTS_NOTICE, self.agents_from, ())
        return _Found(group, sayings[0], group.provision, group.in_force_from, self._harbours[group.name])

    def _finding(
        self, row: Row, hits: Hits, at: int, known: tuple[str | None, ...], found: _Found
    ) -> Finding:
        """known: cells of the columns _SHOWN."""
        said, name = found.said, found.group.name
        severity: Severity = "medium" if said.saying == "absent" else "low"
        span = row.span(int(hits.field[at]), int(hits.channel[at]), int(hits.start[at]), int(hits.end[at]))
        column = row.batch.kind.text[int(hits.field[at])]
        goods = Reason(column, span.start, span.end, span.seen, name, f"goods of the kind {name}", 0.3)
        mark = Reason(
            said.field or "description", said.start, said.end, said.seen, "KC mark", f"the listing {_DETAIL[said.saying]}",
            _SCORE[said.saying],
        )  # fmt: skip
        listing, operator, seller, title, url = known
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="listing",
            subject_id=listing or "",
            reference_id=f"kc:{name}",
            severity=severity,
            score=_SCORE[said.saying],
            provision=found.provision,
            provision_from=found.since,
            reasons=(mark, goods, *found.harbour),
            operator=operator,
            seller_id=seller,
            subject_title=title,
            subject_url=url,
        )

    @cached_property
    def _harbours(self) -> dict[str, tuple[Reason, ...]]:
        """What an intermediary must show to stand in the safe harbour of a group; none of it can be seen in a listing."""
        shown = {
            part: f"the intermediary is not liable if it shows, with the rest, that {self.words['harbour_said'][part]}"
            for group in self.groups
            for part in group.harbour
        }
        return {
            group.name: tuple(
                Reason("platform", 0, 0, "", f"safe harbour: {part}", shown[part], 0.1)
                for part in group.harbour
            )
            for group in self.groups
        }


def _bind(context: Context) -> _Bound:
    words = context.pack.data("lexicons/kc.yaml")
    groups = tuple(_group(name, row, context) for name, row in words["groups"].items())
    notice = context.book.provision(_AGENTS_NOTICE, context.as_of)
    return _Bound(groups, words, notice.valid_from if notice else None)


def _group(name: str, row: dict[str, Any], context: Context) -> _Group:
    """The safe harbour is a parameter of the law where the pack has one, else a list beside the words."""
    dated = context.book.provision(row["provision"], context.as_of)
    harbour = row["harbour"]
    parts = context.book.value(harbour, context.as_of) if isinstance(harbour, str) else harbour
    return _Group(
        name, row["provision"], row["agency"], tuple(parts or ()), dated.valid_from if dated else None
    )


CHECK = Check(
    key="hazardous_goods.kc",
    measure="hazardous_goods",
    kinds=("listing",),
    bind=_bind,
    provisions=("KID 30", "ELEC 10", "ELEC 19", "ELEC 26", "ELEC 35", "ELEC 36", "CHM 35"),
)
