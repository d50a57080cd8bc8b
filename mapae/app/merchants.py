"""What the screen of merchants' complaints says of one report, by the code path of `mapae screen --kind complaint`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

from mapae.contract import Context
from mapae.contract.run import Prepared, prepare
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.measures.market_power.complaints import CHECK
from mapae.model.records import KINDS
from mapae.pack import load_pack

__all__ = ["conducts"]


def conducts(record: Mapping[str, Any], as_of: date, pack: str = "kr") -> list[dict[str, Any]]:
    """A row a conduct that the merchant complains of: reference (`conduct:fee_rise`), provision, provision_from (ISO day or
    None), reasons as plain data with spans over the text as given. record: of kind complaint; as_of: the day whose law holds.
    """
    shape = KINDS["complaint"]
    row = {name: record.get(name) for name in shape.schema.names}
    row[shape.key] = row[shape.key] or "1"
    batch = pa.RecordBatch.from_pylist([row], schema=shape.schema)
    return [
        {
            "reference": found.reference_id,
            "provision": found.provision,
            "provision_from": found.provision_from.isoformat() if found.provision_from else None,
            "reasons": [asdict(reason) for reason in found.reasons],
        }
        for found in _ready(pack, as_of).findings(batch)
    ]


@lru_cache(maxsize=4)
def _ready(pack: str, as_of: date) -> Prepared:
    loaded = load_pack(pack)
    return prepare((CHECK,), Context(loaded, LawBook(loaded), ListStore(()), as_of), "complaint")
