"""Schemas of the reference lists that records are held against (recalls, ingredients, brands, …), version 1."""

from __future__ import annotations

import pyarrow as pa

__all__ = ["LIST_SCHEMAS"]

_S = pa.string()
_SS = pa.list_(pa.string())


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([*columns.items(), ("added_on", _S)])


# Each list is the union of its sources; `id` is unique over all sources and is a finding's reference_id.
# Every list also has `added_on`: ISO day on which the entry first stood in this store.
LIST_SCHEMAS: dict[str, pa.Schema] = {
    # id `cpsc:26063`; dates ISO; brands, products, models, gtins as the notice names them.
    # scope: JSON object of what limits the notice; its keys: docs/explanation/recalls.md.
    # keywords: words of look, material, function that describe a product without a model.
    "recalls": _schema(
        id=_S,
        source=_S,
        date=_S,
        title=_S,
        products=_SS,
        brands=_SS,
        models=_SS,
        gtins=_SS,
        scope=_S,
        keywords=_SS,
        hazard=_S,
        remedy=_S,
        sold_at=_SS,
        countries=_SS,
        url=_S,
    ),
    # id `mfds:Sildenafil` (canonical English name); status designated | released.
    "ingredients": _schema(
        id=_S, source=_S, name_en=_S, name_ko=_S, name_zh=_S, aliases=_SS, status=_S, date=_S, law=_S
    ),
    # id `brand:Nike` (owner, ASCII); names in ko, en, zh; lines = sub-brands and product lines under the owner;
    # sectors: fashion, shoes, bags, watches, cosmetics, electronics, toys, tools, auto, food, …; generic: also a common word;
    # low_price: lowest believable genuine price in USD per product word (JSON object word → number).
    "brands": _schema(
        id=_S,
        source=_S,
        owner=_S,
        names_en=_SS,
        names_ko=_SS,
        names_zh=_SS,
        lines=_SS,
        sectors=_SS,
        luxury=pa.bool_(),
        generic=pa.bool_(),
        recorded_at_customs=pa.bool_(),
        low_price=_S,
    ),
    # blocked or banned products by name (MFDS blocked products, market bans); id `mfds-product:…`
    "products": _schema(
        id=_S, source=_S, name=_S, names=_SS, brand=_S, maker=_S, gtins=_SS, reason=_S, date=_S, url=_S
    ),
    # food raw materials: annex allowed | restricted | prohibited
    "materials": _schema(id=_S, source=_S, name_ko=_S, names=_SS, scientific=_S, annex=_S, part=_S),
    # any other terms a user wants to find: id, term, measure, class, severity
    "terms": _schema(id=_S, source=_S, term=_S, language=_S, measure=_S, cls=_S, severity=_S, note=_S),
}
