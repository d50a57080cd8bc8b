"""Binary manifests that no compiler of Android's writes, yet Android reads: chunks, styles and gaps that hide nothing."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from mapae.detect.apk.binary import said, tree, truth

NAME = "http://schemas.android.com/apk/res/android"
WORDS = (NAME, "manifest", "name", "kr.example.shop")


def _pool(styles: int = 0) -> bytes:
    texts = [struct.pack("<H", len(word)) + word.encode("utf-16le") + b"\0\0" for word in WORDS]
    body = b"".join(texts)
    body += bytes(-len(body) % 4)
    places = [sum(map(len, texts[:number])) for number in range(len(texts))]
    start = 28 + 4 * len(places)
    head = struct.pack(
        "<HHIIIIII", 1, 28, start + len(body), len(places), styles, 0, start, start if styles else 0
    )
    return head + struct.pack(f"<{len(places)}I", *places) + body


def _element(gap: bytes = b"") -> bytes:
    """`<manifest android:name="kr.example.shop"/>`, with bytes before its attribute."""
    attribute = struct.pack("<IIIHBBI", 0, 2, 3, 8, 0, 3, 3)
    told = struct.pack("<IIHHHHHH", 0xFFFFFFFF, 1, 20 + len(gap), 20, 1, 0, 0, 0) + gap + attribute
    start = struct.pack("<HHIII", 0x102, 16, 16 + len(told), 1, 0xFFFFFFFF) + told
    return start + struct.pack("<HHIIIII", 0x103, 16, 24, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1)


def _file(*chunks: bytes, size: int | None = None) -> bytes:
    whole = b"".join(chunks)
    return struct.pack("<HHI", 3, 8, 8 + len(whole) if size is None else size) + whole


UNKNOWN = struct.pack("<HHI", 0x7777, 8, 16) + b"hideaway"
ODD: dict[str, Callable[[], bytes]] = {
    "as compilers write it": lambda: _file(_pool(), _element()),
    "an unknown chunk first": lambda: _file(UNKNOWN, _pool(), _element()),
    "an unknown chunk between": lambda: _file(_pool(), UNKNOWN, _element()),
    "styles that are not there": lambda: _file(_pool(styles=9), _element()),
    "a gap before the attributes": lambda: _file(_pool(), _element(gap=b"\xde\xad\xbe\xef")),
    "no size": lambda: _file(_pool(), _element(), size=0),
    "a size beyond the end": lambda: _file(_pool(), _element(), size=1 << 30),
    "leavings behind the end": lambda: _file(_pool(), _element()) + b"\xff" * 33,
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_manifest_is_read_as_android_reads_it(name):
    root = tree(ODD[name]())
    assert (root.tag, said(root, "name")) == ("manifest", "kr.example.shop")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("true", True), ("FALSE", False), ("-1", True), ("0", False), ("0xffffffff", True), ("yes", None), (None, None)],
)  # fmt: skip
def test_yes_and_no_may_be_words_or_numbers(text, expected):
    assert truth(text) is expected
