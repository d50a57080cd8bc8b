"""Messages that Outlook wrapped into winmail.dat: words and files come out, and no bytes break the reading."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.desk.helpline.mailbox.outlook import unwrapped
from mapae.desk.helpline.mailbox.parts import read

KO = "루미베이에서 산 치발기가 부러졌습니다."
HEAD = b"From: jiwoo@mail.example\r\nMessage-ID: <1@x>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def _attribute(number: int, data: bytes, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, number, 6, len(data)) + data + b"\0\0"


def _text(number: int, told: str) -> bytes:
    """A property of text in UTF-16."""
    data = (told + "\0").encode("utf-16-le")
    return struct.pack("<HHII", 0x1F, number, 1, len(data)) + data + bytes(-len(data) % 4)


def _properties(*rows: bytes) -> bytes:
    return struct.pack("<I", len(rows)) + b"".join(rows)


NUMBER = struct.pack("<HHI", 0x3, 0x0E21, 7)
NAMED = struct.pack("<HH16sII", 0xB, 0x8001, bytes(16), 0, 5) + struct.pack("<I", 1)
CALLED = (
    struct.pack("<HH16sII", 0x2, 0x8002, bytes(16), 1, 6) + "abc".encode("utf-16-le") + bytes(2) + bytes(4)
)
FILE = (
    _attribute(0x9002, bytes(14), 2)
    + _attribute(0x8010, b"ORDER~1.TXT\0", 2)
    + _attribute(0x800F, "주문 화면".encode(), 2)
    + _attribute(0x9005, _properties(NUMBER, NAMED, CALLED, _text(0x3707, "주문 화면.txt")), 2)
)
SIGN = b"\x78\x9f\x3e\x22\x01\x00"
PAGE = _attribute(0x9007, struct.pack("<II", 949, 0))
OLD = SIGN + PAGE + _attribute(0x800C, KO.encode("cp949") + b"\0") + FILE
NEW = SIGN + _attribute(0x9003, _properties(NUMBER, _text(0x1000, KO))) + FILE


def _mail(wrapped: bytes, beside: str = "") -> bytes:
    return (
        HEAD + b"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + beside.encode() + b'\r\n--m\r\nContent-Type: application/ms-tnef; name="winmail.dat"\r\n'
        b"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=winmail.dat\r\n\r\n"
        + base64.encodebytes(wrapped) + b"\r\n--m--\r\n"
    )  # fmt: skip


@pytest.mark.parametrize("wrapped", [OLD, NEW], ids=["by code page", "as properties"])
def test_words_and_files_come_out_of_what_outlook_wraps_up(wrapped: bytes) -> None:
    letter = read(_mail(wrapped))
    assert letter.text == f"x\n{KO}"
    assert letter.files == (("주문 화면.txt", "주문 화면".encode()),)


def test_words_beside_it_count_before_those_in_it() -> None:
    assert read(_mail(NEW, "see the file")).text == "x\nsee the file"


def test_what_is_cut_off_or_another_thing_is_kept_as_the_file_it_came_as() -> None:
    for content in (NEW[:-40], b"MZ"):
        assert unwrapped(content) is None
        assert [name for name, _content in read(_mail(content, "words")).files] == ["winmail.dat"]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_unwrapping(content: bytes) -> None:
    unwrapped(SIGN + content)
    unwrapped(SIGN + _attribute(0x9003, content) + _attribute(0x9002, b"") + _attribute(0x9005, content))
