"""Messages that tell their days in the many ways people do: delivery and knowledge as a careful reader derives them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from mapae.law import LawBook
from mapae.measures.helpline.dates import DateReader
from mapae.measures.helpline.messages import lowered
from mapae.measures.helpline.periods import Periods, delivery_day
from mapae.pack import load_pack

_MESSAGES = yaml.safe_load(Path(__file__).with_name("days_said.yaml").read_text(encoding="utf-8"))["messages"]
_LEAST = {"ko": 0.98, "en": 0.95, "zh": 0.97}


@pytest.fixture(scope="module")
def reader() -> DateReader:
    return DateReader(load_pack("kr").data("helpline/dates.yaml"))


def _right(row: dict[str, Any], reader: DateReader, periods: Periods) -> bool:
    text, message = lowered(row["text"]), row["received"]
    delivered = delivery_day(row["field"], reader.mentions(text, message, None), False)
    if delivered is None:
        return False
    found = periods.mismatch(delivered, message, reader.mentions(text, message, delivered))
    return (found.delivered, found.known) == (row["delivered"], row["known"] or message)


def test_most_days_are_read_as_a_careful_reader_reads_them(reader: DateReader) -> None:
    periods = Periods(LawBook(load_pack("kr")))
    right = Counter(row["lang"] for row in _MESSAGES if _right(row, reader, periods))
    of = Counter(row["lang"] for row in _MESSAGES)
    assert of.total() > 300
    assert {lang: right[lang] / of[lang] for lang in of if right[lang] < _LEAST[lang] * of[lang]} == {}
