"""Messages made from known situations, in three languages: the right and its last day follow from the situation alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from mapae.measures.helpline.triage import Triage

_TABLE = yaml.safe_load(Path(__file__).with_name("rights_told.yaml").read_text(encoding="utf-8"))
_MESSAGE, _BOUGHT = "2026-10-12", "2026-08-20"
_CAME = {"late": "2026-09-01", "soon": "2026-10-08", "never": None}
_LAST = {
    "withdrawal_7d": date(2026, 10, 15),
    "mismatch_3m_30d": date(2026, 11, 11),
}  # seven days, thirty days


def _messages() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in _TABLE["situations"]:
        for lang in ("ko", "en", "zh"):
            for frame, goods, shop in product(row[lang], _TABLE["goods"][lang], _TABLE["shops"][lang]):
                yield frame.format(goods=goods, shop=shop), row


def test_the_right_follows_from_the_situation_whatever_the_goods_and_shops(
    told: Callable[..., Triage],
) -> None:
    made, wrong = 0, []
    for text, row in _messages():
        made += 1
        came = _CAME[row["came"]]
        found = told(text, received=_MESSAGE, bought=_BOUGHT, came=came)
        last = found.period.last_day if found.period else None
        if (found.right, last) != (row["right"], _LAST.get(row["right"]) if came else None):
            wrong.append((row["situation"], text, found.category.name, found.right, last))
    assert made > 300
    assert wrong == []
