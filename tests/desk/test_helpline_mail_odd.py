"""E-mails as programs really write them: charsets claimed wrongly, boundaries lost, messages in messages, boxes unquoted."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest

from mapae.desk.helpline.mailbox.boxes import messages
from mapae.desk.helpline.mailbox.parts import Unreadable, read

KO, ZH = (
    "루미베이에서 산 치발기가 부러졌습니다. 환불해 주지 않습니다.",
    "我在网上买的充电宝坏了，卖家不退款。",
)
HEAD = b"From: jiwoo@mail.example\r\nMessage-ID: <1@x>\r\nSubject: =?euc-kr?B?yK+60g==?=\r\nMIME-Version: 1.0\r\n"
ALTERNATIVE = (
    HEAD + b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    + KO.encode() + b"\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" + KO.encode() + b"</p>\r\n--b--\r\n"
)  # fmt: skip
INNER = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + KO.encode()


def _text(kind: str, body: bytes, coding: str = "8bit") -> bytes:
    return HEAD + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + body


def _mixed(part: bytes) -> bytes:
    return (
        HEAD + b"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nsee below\r\n"
        b"--m\r\n" + part + b"\r\n--m--\r\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (_text("text/plain; charset=iso-2022-kr", KO.encode("iso2022_kr"), "7bit"), "부러졌습니다"),
        (_text("text/plain; charset=us-ascii", KO.encode("iso2022_kr"), "7bit"), "부러졌습니다"),
        (_text("text/plain; charset=euc-kr", "똠방각하 펲시".encode("cp949")), "똠방각하 펲시"),
        (_text("text/plain; charset=EUC-KR", quopri.encodestring(KO.encode("euc-kr")), "quoted-printable"), "부러졌"),
        (_text("text/plain; charset=iso-8859-1", KO.encode("euc-kr")), "부러졌습니다"),
        (_text("text/plain; charset=iso-8859-1", KO.encode()), "부러졌습니다"),
        (_text("text/plain; charset=windows-1252", b"The caf\xe9 \x93mug\x94 broke"), "café “mug”"),
        (_text("text/plain; charset=gb2312", ZH.encode("gb2312")), "充电宝坏了"),
        (_text("text/plain; charset=hz-gb-2312", ZH.encode("hz")), "充电宝坏了"),
        (_text("text/plain; charset=big5", "我買的充電寶壞了".encode("big5")), "充電寶壞了"),
        (_text("text/plain", KO.encode("euc-kr")), "부러졌습니다"),
        (_text("text/plain", (ZH * 3).encode("gb18030")), "充电宝坏了"),
        (_text("text/plain; charset=utf-16", base64.b64encode(KO.encode("utf-16")), "base64"), "부러졌습니다"),
        (_text("text/plain; charset=utf-7", KO.encode("utf-7"), "7bit"), "부러졌습니다"),
    ],
    ids=lambda each: each[:0] if isinstance(each, str) else each[100:160].decode("latin-1"),
)  # fmt: skip
def test_words_are_read_in_the_charsets_of_korea_and_china_rightly_and_wrongly_claimed(
    content: bytes, says: str
) -> None:
    assert says in read(content).text


@pytest.mark.parametrize(
    "content",
    [
        ALTERNATIVE,
        ALTERNATIVE.replace(KO.encode(), b" ", 1),
        ALTERNATIVE.replace(KO.encode(), b"Your mail program does not show HTML.", 1),
        ALTERNATIVE.replace(b"--b--\r\n", b""),
        ALTERNATIVE.replace(b"--b", b"--q"),
        ALTERNATIVE.replace(b'; boundary="b"', b""),
        b"\xef\xbb\xbf\r\n" + ALTERNATIVE,
        ALTERNATIVE.replace(b"\r\n", b"\r"),
    ],
    ids=["whole", "empty words", "a stand-in", "cut", "other boundary", "no boundary", "a mark first", "old Mac"],
)  # fmt: skip
def test_the_words_are_found_once_whatever_became_of_the_parts(content: bytes) -> None:
    assert read(content).text == KO


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: message/rfc822\r\n\r\n" + INNER,
        b"Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\n" + INNER,
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(INNER),
        b"Content-Type: text/plain; charset=utf-8; name=words.txt\r\nContent-Disposition: inline\r\n\r\n" + KO.encode(),
    ],
    ids=["forwarded", "attached", "encoded against the rule", "inline with a name"],
)  # fmt: skip
def test_a_message_within_a_message_is_read_too(part: bytes) -> None:
    assert read(_mixed(part)).text.endswith(f"see below\n{KO}")


@pytest.mark.parametrize("spoilt", [-1, -2, -3])
def test_words_whose_encoding_is_cut_are_read_as_far_as_they_go(spoilt: int) -> None:
    body = base64.b64encode(KO.encode() * 2).rstrip(b"=")[:spoilt] + b"!!"
    assert KO in read(_text("text/plain; charset=utf-8", body, "base64")).text


@pytest.mark.parametrize("words", ["please refund me", "Please refund my money now", "환불해 주세요"])
def test_words_that_are_only_called_encoded_stay_words(words: str) -> None:
    assert read(_text("text/plain; charset=utf-8", words.encode(), "base64")).text.endswith(words)


@pytest.mark.parametrize("content", [b"abcdefgh", b"ab cd ef gh ij", KO.encode(), b"", b"x" * 13])
def test_a_file_that_looks_encoded_stays_as_it_is(content: bytes) -> None:
    part = b'Content-Type: application/x-a; name="a.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    assert read(_mixed(part + base64.encodebytes(content))).files == (("a.bin", content),)


def test_headers_in_bare_bytes_are_read() -> None:
    letter = read("From: 김지우 <a@b.example>\r\nSubject: 환불 문제\r\n\r\nwords".encode("euc-kr"))
    assert (letter.name, letter.email, letter.text) == ("김지우", "a@b.example", "환불 문제\nwords")
    named = b'Content-Type: image/png; name="' + "주문.png".encode("euc-kr") + b'"\r\n\r\nx'
    assert [name for name, _content in read(_mixed(named)).files] == ["주문.png"]


def test_what_outlook_wraps_up_is_kept_as_a_file_and_the_words_beside_it_are_read() -> None:
    wrapped = b'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+Ig=='
    letter = read(_mixed(wrapped))
    assert "see below" in letter.text and [name for name, _content in letter.files] == ["winmail.dat"]


@pytest.mark.parametrize(
    "line",
    [
        "From jiwoo@mail.example Mon Nov  9 10:00:00 2026",
        "From - Mon Nov 09 10:00:00 2026",
        "From 1799@xxx Mon Nov 09 10:00:00 +0000 2026",
        "From ???@??? Mon Nov 09 10:00:00 2026 +0900",
        "From jiwoo@mail.example",
    ],
)
def test_a_box_is_cut_where_messages_begin_and_not_where_a_sentence_does(tmp_path: Path, line: str) -> None:
    box = tmp_path / "in.mbox"
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@b.example", "x"
    mail.set_content("One.\n\nFrom my side nothing came.\n\nFrom what I know: no refund.\n", cte="8bit")
    box.write_bytes((f"{line}\n".encode() + mail.as_bytes() + b"\n") * 3)
    found = [read(each.content or b"").text for each in messages(box)]
    assert found == ["x\nOne.\n\nFrom my side nothing came.\n\nFrom what I know: no refund."] * 3


def test_a_box_without_empty_lines_between_messages_is_cut_all_the_same(tmp_path: Path) -> None:
    box = tmp_path / "in.mbox"
    one = b"From a@b.example Mon Nov  9 10:00:00 2026\nFrom: a@b.example\nSubject: x\n\nwords\n"
    box.write_bytes(one * 3)
    assert [read(each.content or b"").text for each in messages(box)] == ["x\nwords"] * 3


@pytest.mark.parametrize("first", [b"\n", b"\r\n \r\n", b"\xef\xbb\xbf"], ids=["empty line", "two", "a mark"])
def test_a_box_with_something_empty_before_its_first_message_is_cut_like_any(
    tmp_path: Path, first: bytes
) -> None:
    box = tmp_path / "in.mbox"
    one = b"From a@b.example Mon Nov  9 10:00:00 2026\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nwords\r\n\r\n"
    box.write_bytes(first + one * 3)
    assert [read(each.content or b"").text for each in messages(box)] == ["x\nwords"] * 3


def test_a_file_that_only_looks_like_a_box_is_one_message_and_not_none(tmp_path: Path) -> None:
    box = tmp_path / "in.mbox"
    box.write_bytes(b"From the desk of nobody\nwords\n")
    assert [each.content for each in messages(box)] == [b"From the desk of nobody\nwords\n"]


def test_outlooks_own_files_are_listed_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    (found,) = messages(tmp_path)
    with pytest.raises(Unreadable, match=r"save it as \.eml"):
        read(found.content or b"")
