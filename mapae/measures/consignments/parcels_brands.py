"""The check `consignments.brands`: a parcel whose words, price and origin together tell of copied brands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.compute as pc

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.brands import (
    ODD,
    Meaning,
    NameReader,
    Prices,
    PriceVerdict,
    Vocabulary,
    covering,
    hiding,
    load_prices,
    load_vocabulary,
)
from mapae.detect.lexicon import Term
from mapae.measures.consignments.parcels import Parcels, any_of, load_parcels
from mapae.measures.consignments.parcels_limits import cell_of_price
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]

THRESHOLD, _HIGH = 1.0, 1.6
# what a name that stands openly is worth, more of a luxury house, more where it is recorded at customs, more from where
# most of what is held comes
_NAMED, _LUXURY, _RECORDED, _ORIGIN = 0.3, 0.2, 0.1, 0.2
# a name that is also a common word counts only beside a sign or price of such weight; a name in the sender's counts less
_COMMON, _TOLD, _SENDER = 0.1, 0.5, 0.3
_SIGNS = ("grade", "copying", "mark_option", "hint", "lure")
_CAP, _CAP_UNNAMED = 1.4, 1.0
_SAID = {
    "grade": "a grade of copies; no genuine article has one",
    "copying": "says that marks, codes or boxes are the maker's, or that it is not genuine",
    "mark_option": "the mark, label or tag is put on as the buyer likes; no genuine article is sold so",
    "hint": "a word that copies are often sold with",
    "lure": "hides the goods or takes the deal out of the shop",
}
_UNNAMED = ""
_NO_PRICE = PriceVerdict(0.0, 0.0, "")
_NAME, _HIDDEN, _SIGN, _OTHER = range(4)
_Scored = tuple[float, list[Reason]]


@dataclass(frozen=True)
class _Bound:
    parcels: Parcels
    vocabulary: Vocabulary
    reader: NameReader
    prices: Prices
    recorded: frozenset[str]
    accessories: re.Pattern[str]
    in_force_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.vocabulary.terms

    @cached_property
    def _kinds(self) -> npt.NDArray[np.int8]:
        """What each term is to the choice of rows."""
        return np.array([_kind(meaning) for meaning in self.vocabulary.meanings], np.int8)

    @cached_property
    def _floor(self) -> npt.NDArray[np.float64]:
        """Per term: dollars under which some article of its brand is unbelievably cheap."""
        brands = self.vocabulary.brands
        dearest = max((luxury for _, _, luxury in self.prices.articles), default=0.0)
        floors = {
            name: max([*(low for _, low in brand.low), dearest if brand.luxury else 0.0])
            for name, brand in brands.items()
        }
        return np.array([0.7 * floors.get(meaning.name, 0.0) for meaning in self.vocabulary.meanings])

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """Findings of lines whose signs add up."""
        lines = self.parcels.read(batch.records)
        for index in np.flatnonzero(self._chosen(batch, hits, lines)).tolist():
            row, line = batch.row(index), lines.row(index, named=True)
            best = max(
                self._weighed(row, hits.of_row(index), line).items(),
                key=lambda pair: pair[1][0],
                default=None,
            )
            if best is not None and best[1][0] >= THRESHOLD:
                yield self._finding(row, best[0], *best[1], cleared=line["cleared"])

    def _chosen(self, batch: Batch, hits: Hits, lines: pl.DataFrame) -> npt.NDArray[np.bool_]:
        """Rows with a brand and a sign or an unbelievable price, with a grade of copies, or with an odd spelling."""
        brand, sign, strong = (np.zeros(len(batch), bool) for _ in range(3))
        kinds = self._kinds[hits.entry] if len(hits) else np.zeros(0, np.int8)
        named = kinds <= _HIDDEN
        brand[hits.row[named]] = True
        hidden = named & ((kinds == _HIDDEN) | (hits.channel == 1) | (hits.changed > 0))
        usd = lines["usd"].fill_null(np.inf).to_numpy()
        cheap = named & (usd[hits.row] < self._floor[hits.entry])
        sign[hits.row[hidden | cheap | (kinds == _SIGN)]] = True
        grades = np.array([meaning.name == "grade" for meaning in self.vocabulary.meanings])
        strong[hits.row[grades[hits.entry]]] = True
        odd = np.asarray(pc.fill_null(pc.match_substring_regex(batch.column("description"), ODD), False))
        found: npt.NDArray[np.bool_] = (brand & sign) | strong | odd
        return found

    def _weighed(self, row: Row, hits: Hits, line: dict[str, object]) -> dict[str, _Scored]:
        """Owner → score and reasons; signs without any brand stand under no name, and count only where they are grades."""
        meanings = [self.vocabulary.meanings[entry] for entry in hits.entry]
        signs, calm, graded = self._signs(row, hits, meanings)
        named = self._named(row, hits, meanings)
        for seen in self.reader.odd(row.folded("description").text[:400]):
            pieces = row.folded("description").pieces
            start, end = pieces[seen.start].start, pieces[seen.end - 1].end
            said = Reason(
                "description",
                start,
                end,
                row.text("description")[start:end],
                seen.owner,
                seen.how,
                seen.weight,
            )
            named[seen.owner].append((seen.weight, said))
        found: dict[str, _Scored] = {}
        worth = sum(weight for weight, _ in signs)
        if not named and graded:
            found[_UNNAMED] = (min(worth, _CAP_UNNAMED) + calm, [reason for _, reason in signs])
        for owner, names in named.items():
            best = max(names, key=lambda pair: pair[0])
            extra = self._circumstances(row, owner, line)
            if best[0] <= _COMMON and max(worth, *(weight for weight, _ in extra), 0.0) < _TOLD:
                continue
            score = best[0] + min(worth, _CAP) + calm + sum(weight for weight, _ in extra)
            reasons = [
                best[1],
                *(reason for weight, reason in extra if weight > 0),
                *(reason for _, reason in signs),
            ]
            found[owner] = (score, reasons[:8])
        return found

    def _named(
        self, row: Row, hits: Hits, meanings: list[Meaning]
    ) -> defaultdict[str, list[tuple[float, Reason]]]:
        """Owner → (worth, where it is named); a name inside a longer name or phrase is left out."""
        found: defaultdict[str, list[tuple[float, Reason]]] = defaultdict(list)
        for i, meaning in enumerate(meanings):
            if meaning.kind != "brand" or any(
                meanings[j].kind in ("brand", "calm") for j in covering(hits, i)
            ):
                continue
            span = row.span(int(hits.field[i]), int(hits.channel[i]), int(hits.start[i]), int(hits.end[i]))
            field = row.batch.kind.text[int(hits.field[i])]
            open_ = meaning.how in ("plain", "line", "common", "common_line")
            hidden = meaning.weight
            if open_ and (hits.channel[i] == 1 or hits.changed[i] > 0):
                hidden = hiding(
                    span.seen, self.vocabulary.terms[hits.entry[i]].text, meaning.how.startswith("common")
                )
            worth, said = hidden, "the brand's name, written so that filters miss it"
            if hidden <= 0:
                if meaning.how == "common_line":
                    continue
                common = meaning.how == "common"
                worth, said = (
                    (_COMMON, "the brand's name, also a common word")
                    if common
                    else (_NAMED, "the brand's name")
                )
            worth *= 1.0 if field == "description" else _SENDER
            shown = Reason(
                field, span.start, span.end, span.seen, meaning.name, said, round(max(0.1, worth), 3)
            )
            found[meaning.name].append((worth, shown))
        return found

    def _signs(
        self, row: Row, hits: Hits, meanings: list[Meaning]
    ) -> tuple[list[tuple[float, Reason]], float, bool]:
        """Words of copies, each group once; what calms; whether a grade of copies is among them."""
        groups: dict[str, tuple[float, Reason]] = {}
        calm: dict[str, float] = {}
        for i, meaning in enumerate(meanings):
            covers = {meanings[j].kind for j in covering(hits, i)} - {"brand"}
            if meaning.kind in ("calm", "style") and "signal" not in covers:
                calm[meaning.name] = min(calm.get(meaning.name, 0.0), meaning.weight)
            if meaning.kind != "signal" or meaning.name not in _SIGNS or covers:
                continue
            span = row.span(int(hits.field[i]), int(hits.channel[i]), int(hits.start[i]), int(hits.end[i]))
            field = row.batch.kind.text[int(hits.field[i])]
            said = Reason(
                field,
                span.start,
                span.end,
                span.seen,
                meaning.name,
                _SAID[meaning.name],
                min(1.0, meaning.weight),
            )
            groups.setdefault(meaning.name, (meaning.weight, said))
        return list(groups.values()), sum(calm.values()), "grade" in groups

    def _circumstances(self, row: Row, owner: str, line: dict[str, object]) -> list[tuple[float, Reason]]:
        """What speaks beside the name: the price, a luxury house, a recorded right, the country it left."""
        brand = self.vocabulary.brands.get(owner)
        if brand is None:
            return []
        found: list[tuple[float, Reason]] = []
        text = row.folded("description").text + " "
        fits = not brand.luxury and self.accessories.search(text) is not None
        price = (
            _NO_PRICE
            if fits
            else self.prices.judge({"price": line["usd"], "currency": "USD"}, brand, text, sole=False)
        )
        if price.weight:
            field, seen = cell_of_price(row.text("value"), row.text("item_price"))
            found.append(
                (
                    price.weight,
                    Reason(field, 0, len(seen), seen, owner, price.why, min(1.0, abs(price.weight))),
                )
            )
        if brand.luxury:
            found.append(
                (
                    _LUXURY,
                    Reason("description", 0, 0, "", owner, "a house whose goods are often copied", _LUXURY),
                )
            )
        if owner in self.recorded:
            found.append(
                (
                    _RECORDED,
                    Reason("description", 0, 0, "", owner, "the right is recorded at customs", _RECORDED),
                )
            )
        if line["copied_from"]:
            field = "country_of_departure" if row.text("country_of_departure") else "country_of_origin"
            seen = row.text(field)
            found.append(
                (_ORIGIN, Reason(field, 0, len(seen), seen, "", "most held copies come from there", _ORIGIN))
            )
        return found

    def _finding(self, row: Row, owner: str, score: float, reasons: list[Reason], *, cleared: int) -> Finding:
        if cleared < 2:
            said = "goods suspected of copying a mark are not cleared by a list"
            reasons = [*reasons, Reason("process_type", 0, 0, "", "list", said, 0.1)]
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="consignment",
            subject_id=row.text("consignment_id"),
            reference_id=f"brand:{owner}" if owner else "words:grade",
            severity="high" if score >= _HIGH else "medium" if owner else "low",
            score=round(min(1.0, 0.5 + score / 5), 3),
            provision="CUS 235",
            provision_from=self.in_force_from,
            reasons=tuple(reasons),
        )


def _kind(meaning: Meaning) -> int:
    if meaning.kind == "brand":
        return _HIDDEN if meaning.weight > 0 else _NAME
    return _SIGN if meaning.kind == "signal" and meaning.name in _SIGNS else _OTHER


def _bind(context: Context) -> _Bound:
    vocabulary = load_vocabulary(context.pack, context.lists)
    rows = context.lists.table("brands").select(["owner", "recorded_at_customs"]).to_pylist()
    dated = context.book.provision("CUS 235", context.as_of)
    return _Bound(
        load_parcels(context),
        vocabulary,
        NameReader.build(vocabulary.names, vocabulary.common, vocabulary.other_words),
        load_prices(context.pack),
        frozenset(row["owner"] for row in rows if row["recorded_at_customs"]),
        any_of(context.pack.data("parcels/clearance.yaml")["accessories"]),
        dated.valid_from if dated else None,
    )


CHECK = Check(
    key="consignments.brands",
    measure="consignments",
    kinds=("consignment",),
    bind=_bind,
    provisions=("CUS 235", "CUS 254-2", "TM 2"),
    lists=("brands",),
)
