"""The check `counterfeits.text`: signs of a fake in a listing's words and price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.brands.price import FAR, load_prices
from mapae.detect.brands.reader import ODD, NameReader
from mapae.detect.brands.vocabulary import load_vocabulary
from mapae.detect.lexicon import Term
from mapae.measures.counterfeits.evidence import Evidence
from mapae.measures.counterfeits.score import THRESHOLD, Verdict, Weigher
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_HIGH = 1.6  # from here on, or where one sign alone decides, a finding is of severity high
_PLAIN, _HIDDEN, _SIGN, _OTHER, _HINT = range(5)
_SAID = {
    "plain": "the brand's name",
    "common": "the brand's name, also a common word",
    "line": "a product line of the brand",
    "common_line": "a product line of the brand, also a common word",
    "slang": "a dealers' word for the brand",
    "mark": "tells the brand's mark instead of its name",
    "initials": "the brand's initials",
    "copyist": "the name of a maker of copies of the brand",
    "hidden": "the brand's name, written so that filters miss it",
    "grade": "a grade of copies; no genuine article has one",
    "copying": "says that marks, codes or boxes are the maker's, or that it is not genuine",
    "mark_option": "the mark, label or tag is put on as the buyer likes; no genuine article is sold so",
    "hint": "a word that copies are often sold with",
    "hidden_deal": "sells other goods than the page shows, or asks not to write the brand",
    "lure": "hides the goods or takes the deal out of the shop",
    "trappings": "boxes, bags or papers sold along",
    "sham_brand": "the brand column hides the maker",
}


@dataclass(frozen=True)
class _Bound:
    weigher: Weigher
    in_force_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.weigher.vocabulary.terms

    @cached_property
    def _kinds(self) -> npt.NDArray[np.int8]:
        """What each term is to the choice of rows: a plain name, a hidden one or slang, a strong sign, another, a hint."""
        signs = dict.fromkeys(("grade", "copying", "mark_option", "hidden_deal"), _SIGN) | {"hint": _HINT}
        return np.asarray(
            [
                (_HIDDEN if meaning.weight > 0 else _PLAIN)
                if meaning.kind == "brand"
                else signs.get(meaning.name, _OTHER)
                for meaning in self.weigher.vocabulary.meanings
            ],
            np.int8,
        )

    @cached_property
    def _priced(self) -> npt.NDArray[np.bool_]:
        """Terms of brands whose prices are known: listed ones, and those of luxury houses."""
        brands = self.weigher.vocabulary.brands
        return np.asarray(
            [
                m.kind == "brand" and m.name in brands and bool(brands[m.name].low or brands[m.name].luxury)
                for m in self.weigher.vocabulary.meanings
            ]
        )

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """Findings of listings that name a brand and show signs of a fake."""
        chosen, odd_only = self._candidates(batch, hits)
        for index, only in zip(chosen.tolist(), odd_only.tolist(), strict=True):
            row = batch.row(index)
            if only and not any(self.weigher.reader.odd(row.folded("title").text)):
                continue
            verdict = self.weigher.weigh(row, hits.of_row(index))
            if verdict is not None and verdict.score >= THRESHOLD:
                yield self._finding(row, verdict)

    def _candidates(self, batch: Batch, hits: Hits) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Rows with a brand and a sign, or a strong sign in the title; and which were chosen for an odd title only."""
        kinds = self._kinds[hits.entry] if len(hits) else np.zeros(0, np.int8)
        brand, hidden, sign, title_sign = (np.zeros(len(batch), bool) for _ in range(4))
        is_brand = kinds <= _HIDDEN
        brand[hits.row[is_brand]] = True
        hidden[hits.row[is_brand & ((kinds == _HIDDEN) | (hits.channel == 1) | (hits.changed > 0))]] = True
        sign[hits.row[(kinds == _SIGN) | (kinds == _HINT)]] = True
        title_sign[hits.row[(kinds == _SIGN) & (hits.field == batch.kind.text.index("title"))]] = True
        price, genuine = batch.column("price"), batch.column("genuine_price")
        far = np.asarray(pc.fill_null(pc.less(price, pc.multiply(genuine, FAR)), False))
        strong = (brand & (hidden | sign | self._dear(batch, hits, kinds))) | title_sign | far
        odd = np.asarray(pc.fill_null(pc.match_substring_regex(batch.column("title"), ODD), False))
        chosen = np.flatnonzero(strong | odd)
        return chosen, ~strong[chosen]

    def _dear(self, batch: Batch, hits: Hits, kinds: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
        """Rows that name a brand of known prices in title or brand column at under half of its lowest price of all."""
        rows = np.zeros(len(batch), bool)
        if not len(hits):
            return rows
        fields = [batch.kind.text.index(name) for name in ("title", "brand")]
        here = (kinds <= _HIDDEN) & self._priced[hits.entry] & np.isin(hits.field, fields)
        dollars = _dollars(batch.column("price"), batch.column("currency"), self.weigher.prices.per_usd)
        here &= dollars[hits.row] < self._floor[hits.entry]
        rows[hits.row[here]] = True
        return rows

    @cached_property
    def _floor(self) -> npt.NDArray[np.float64]:
        """Per term: the price in dollars under which some article of its brand is unbelievably cheap."""
        prices, brands = self.weigher.prices, self.weigher.vocabulary.brands
        dearest = max((luxury for _, _, luxury in prices.articles), default=0.0)
        floors = {
            name: max([*(low for _, low in brand.low), dearest if brand.luxury else 0.0])
            for name, brand in brands.items()
        }
        return np.asarray([0.7 * floors.get(m.name, 0.0) for m in self.weigher.vocabulary.meanings])

    def _finding(self, row: Row, verdict: Verdict) -> Finding:
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="listing",
            subject_id=row.text("listing_id"),
            reference_id=f"brand:{verdict.brand}",
            severity=_severity(verdict),
            score=round(min(1.0, 0.5 + verdict.score / 4), 3),
            provision="TM 108",
            provision_from=self.in_force_from,
            reasons=tuple(_reasons(row, verdict)),
            operator=row["platform"],
            seller_id=row["seller_id"],
            subject_title=row["title"],
            subject_url=row["url"],
        )


def _severity(verdict: Verdict) -> Severity:
    """high: several signs together; low: the price alone; medium: the rest."""
    if verdict.score >= _HIGH:
        return "high"
    spoken = any(item.kind == "signal" and item.how != "sham_brand" for item in verdict.evidence)
    return "medium" if spoken or verdict.hidden > 0 else "low"


def _reasons(row: Row, verdict: Verdict) -> Iterator[Reason]:
    for item in sorted(verdict.evidence, key=lambda item: -item.weight)[:8]:
        said = _SAID.get(item.how, f"a hidden form of the brand's name: {item.how}")
        matched = verdict.brand if item.kind == "brand" else item.matched
        yield Reason(item.field, item.start, item.end, item.seen, matched, said, _within(item))
    if verdict.price.weight > 0:
        seen = str(row["price"])
        yield Reason("price", 0, 0, seen, verdict.brand, verdict.price.why, min(1.0, verdict.price.weight))


def _within(item: Evidence) -> float:
    return round(min(1.0, max(0.1, item.weight)), 3)


def _dollars(price: pa.Array, currency: pa.Array, per_usd: dict[str, float]) -> npt.NDArray[np.float64]:
    """Prices in dollars, infinite where price or rate is unknown."""
    names = pc.utf8_upper(pc.fill_null(currency, ""))
    rates = pa.array(per_usd.values(), pa.float64()).take(
        pc.index_in(names, value_set=pa.array(per_usd.keys(), pa.string()))
    )
    return np.asarray(pc.fill_null(pc.divide(pc.cast(price, pa.float64()), rates), np.inf))


def _bind(context: Context) -> _Bound:
    dated = context.book.provision("TM 108", context.as_of)
    vocabulary = load_vocabulary(context.pack, context.lists)
    weigher = Weigher(
        vocabulary,
        NameReader.build(vocabulary.names, vocabulary.common, vocabulary.other_words, vocabulary.lines),
        load_prices(context.pack),
    )
    return _Bound(weigher, dated.valid_from if dated else None)


CHECK = Check(
    key="counterfeits.text",
    measure="counterfeits",
    kinds=("listing",),
    bind=_bind,
    provisions=("TM 2", "TM 108", "CUS 235"),
    lists=("brands",),
)
