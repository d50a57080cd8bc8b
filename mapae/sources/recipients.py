"""Recipients of parcels: what a manifest says of them in the open is kept as a hash only."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping

import pyarrow as pa

__all__ = ["HIDDEN", "hidden"]

_HASHED = re.compile(r"hash|해시|散列|哈希", re.IGNORECASE)  # headings of columns that hold hashes already
_ABROAD = re.compile(r"\+?(?:00)?82(?=1\d{8,9}$)")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).upper()


def _phone(text: str) -> str:
    return _ABROAD.sub("0", re.sub(r"[^\d+]", "", text)).removeprefix("+")


# column → how a cell is written before it is hashed: one way for one code, name, telephone, postcode
HIDDEN: Mapping[str, Callable[[str], str]] = {
    "recipient_code_hash": _letters,
    "recipient_name_hash": _letters,
    "recipient_phone_hash": _phone,
    "recipient_postcode_hash": lambda text: re.sub(r"\D", "", text),
}


def hidden(column: pa.Array, source: str, name: str) -> pa.Array:
    """The cells of `source` as hex SHA-256 of their plain form, unless its heading says that they are hashes.

    name: the record's column, one of HIDDEN. A cell that has no letter or digit is null.
    """
    if _HASHED.search(source):
        return column
    coded = column.dictionary_encode()
    plain = [HIDDEN[name](unicodedata.normalize("NFKC", cell)) for cell in coded.dictionary.to_pylist()]
    fresh = [hashlib.sha256(cell.encode()).hexdigest() if cell else None for cell in plain]
    return pa.array(fresh, pa.string()).take(coded.indices)
