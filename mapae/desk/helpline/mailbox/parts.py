"""What a message says: sender, day, text of plain or HTML parts in whatever charset, files; nothing in it breaks this."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from selectolax.lexbor import LexborHTMLParser

from mapae.desk.helpline.mailbox.charsets import raw_header, said
from mapae.desk.helpline.mailbox.outlook import Wrapped, unwrapped

__all__ = ["Letter", "Unreadable", "language_of", "read"]

_LONGEST = 20_000  # characters of a text that are kept
_PARTS = 200  # of one message that are looked at
_DEEPEST = 60  # nested parts; more is no letter of a person
_SUBJECT = re.compile(r"^(?:(?:re|fw|fwd|답장|전달|回复|转发)\s*[:：]\s*)+", re.IGNORECASE)
_BOUNDARY = re.compile(rb"^--([^\s\"]{1,70})[ \t]*\r?\n(?=Content-)", re.MULTILINE | re.IGNORECASE)
_STAND_IN = re.compile(r"\bhtml\b", re.IGNORECASE)  # "your mail program does not show HTML"
_SHORT = 300  # characters of such a note
_POLICY = policy.default.clone(raise_on_defect=False)
_BLOCKS = "p,div,br,li,tr,h1,h2,h3,h4,table,blockquote"
_NAMED = re.compile(r"\b(?:file)?name=\"?([^\";]+)", re.IGNORECASE)
_WORDS = re.compile(rb"\S +\S|[\x80-\xff]")  # of no Base64 (RFC 2045 6.8)
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+")
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # first bytes of a compound file ([MS-CFB] 2.2)
_DEAD = "script,style,head,template,noscript"


class Unreadable(Exception):
    """Why a message is no complaint; the word is told in the list of rejects."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message understood. digest: SHA-256 of its Message-ID (of the whole message where it has none); at: when it was
    sent, None where that cannot be known; files: (name, bytes) of its attachments."""

    digest: str
    name: str
    email: str
    at: datetime | None
    text: str
    files: tuple[tuple[str, bytes], ...]
    mail: EmailMessage


def read(content: bytes) -> Letter:
    """Understand a raw message; Unreadable says why it is none of a person with words in it."""
    mail = _parsed(content)
    if why := _no_person(mail):
        raise Unreadable(why)
    name, email = _sender(mail)
    text = _text(mail)
    if not text:
        raise Unreadable("no words in it")
    return Letter(
        _digest(mail, content), name, email, _sent(mail), text, tuple(_files(mail)), mail
    )  # fmt: skip


def language_of(text: str) -> str:
    """ko, zh-hans or en by the script most of the letters have; Hangul counts for Korean wherever there is some."""
    hangul = sum("가" <= char <= "힣" for char in text)
    han = sum("一" <= char <= "鿿" for char in text)
    latin = sum(char.isascii() and char.isalpha() for char in text)
    if hangul * 2 >= han and hangul * 4 >= latin and hangul:
        return "ko"
    return "zh-hans" if han * 3 > latin else "en"


def _parsed(content: bytes) -> EmailMessage:
    if content.startswith(_OUTLOOK):
        raise Unreadable("in Outlook's own format (.msg): save it as .eml")
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    mail = _message(content)
    if not mail.keys():
        raise Unreadable("no headers")
    if mail.get_content_maintype() == "multipart" and not _has_parts(mail):
        mark = _BOUNDARY.search(content)
        if mark is not None:  # its parts are there, but under another boundary than the header says
            mail = _message(b'Content-Type: multipart/mixed; boundary="' + mark[1] + b'"\r\n' + content)
    return mail


def _message(content: bytes) -> EmailMessage:
    try:
        return BytesParser(policy=_POLICY).parsebytes(content)  # type: ignore[arg-type,return-value]
    except (
        MessageError,
        ValueError,
        LookupError,
        RecursionError,
        TypeError,
        IndexError,
        AttributeError,
    ) as error:
        raise Unreadable(f"no e-mail: {type(error).__name__}") from error


def _has_parts(mail: EmailMessage) -> bool:
    inner = mail.get_payload()
    return isinstance(inner, list) and bool(inner)


def _no_person(mail: EmailMessage) -> str:
    """Automatic mail: bounces, holiday notes, lists."""
    if _header(mail, "Auto-Submitted").lower() not in ("", "no"):
        return "automatic message"
    if _header(mail, "Precedence").lower() in ("bulk", "list", "junk") or _header(mail, "List-Id"):
        return "message of a list"
    if mail.get_content_type() == "multipart/report":
        return "report of a mail server"
    return ""


def _header(mail: EmailMessage, name: str) -> str:
    """A header's text; by its bytes where the parser cannot decode it, empty where it is not there."""
    try:
        found = str(mail[name] or "")
    except (ValueError, LookupError, IndexError, AttributeError, TypeError, MessageError):
        found = "\ufffd"
    return _clean(raw_header(mail, name) if "\ufffd" in found else found).strip()


def _sender(mail: EmailMessage) -> tuple[str, str]:
    for header in ("Reply-To", "From", "Sender"):
        for name, address in getaddresses([_header(mail, header)]):
            if re.fullmatch(r"[^@\s<>]{1,64}@[^@\s<>]{1,190}", address):
                return name[:60], address[:120]
    raise Unreadable("no sender to answer")


def _sent(mail: EmailMessage) -> datetime | None:
    try:
        found = parsedate_to_datetime(_header(mail, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _digest(mail: EmailMessage, content: bytes) -> str:
    number = "".join(_header(mail, "Message-ID").split())
    return hashlib.sha256(number.encode() if len(number) > 3 else content).hexdigest()


def _text(mail: EmailMessage) -> str:
    """Subject and words, the plain part where it has any of the sender's, else the HTML part's text."""
    plain, page = [], []
    for part in _leaves(mail):
        if _is_file(part):
            continue
        kind = part.get_content_type()
        if (
            kind == "text/plain" or part.get_content_maintype() == "multipart"
        ):  # one whose parts cannot be told apart
            plain.append(_words(part))
        elif kind == "text/html":
            page.append(_of_page(_words(part)))
    body, seen = ("\n".join(filter(None, map(str.strip, each))) for each in (plain, page))
    if not body or (seen and len(body) < _SHORT and _STAND_IN.search(body)):
        body = seen
    body = body or "\n".join(filter(None, (wrapped.words.strip() for wrapped in _wrapped(mail))))
    subject = _SUBJECT.sub("", _header(mail, "Subject"))
    parts = [subject] if subject and subject not in body[:500] else []
    return _clean("\n".join([*parts, body])).strip()[:_LONGEST]


def _leaves(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Parts without parts, in order; a forwarded message is opened too."""
    waiting, seen = [(mail, 0)], 0
    while waiting and seen < _PARTS:
        part, depth = waiting.pop(0)
        seen += 1
        part = _unpacked(part)
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and depth < _DEEPEST:
            waiting[:0] = [(each, depth + 1) for each in inner if hasattr(each, "get_content_type")]
        elif not isinstance(inner, list):
            yield part


def _unpacked(part: EmailMessage) -> EmailMessage:
    """A message inside, which some programs encode against RFC 2046 5.2.1, as a message."""
    if part.get_content_type() != "message/rfc822" or _coding(part) not in ("base64", "quoted-printable"):
        return part
    inner = part.get_payload()
    data = _bytes(inner[0]) if isinstance(inner, list) and inner else _bytes(part)
    try:
        return _message(a2b_base64(data) if _coding(part) == "base64" else a2b_qp(data))
    except (Unreadable, ValueError):
        return part


def _coding(part: EmailMessage) -> str:
    return _header(part, "Content-Transfer-Encoding").lower()


def _is_file(part: EmailMessage) -> bool:
    """Attached, or named and neither shown inline as text nor the whole message."""
    told = part.get_content_disposition()
    if told == "attachment" or not part.get_filename():
        return told == "attachment"
    return part.get_content_maintype() != "text" or told != "inline"


def _words(part: EmailMessage) -> str:
    return said(_bytes(part), part.get_content_charset() or "")


def _bytes(part: EmailMessage) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        found = None
    raw = part.get_payload()
    plain = raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""
    if not isinstance(found, bytes) or (_coding(part) == "base64" and _WORDS.search(plain)):
        return plain  # the second: words that are only called encoded
    return _cut_base64(found) if found == plain and _coding(part) == "base64" else found


def _cut_base64(data: bytes) -> bytes:
    """What the parser left encoded because its end is cut or spoilt, decoded as far as it goes; anything else as it is."""
    plain = b"".join(data.split())
    whole = _BASE64.match(plain)
    if whole is None or len(plain) - len(whole[0]) > 4:
        return data
    return a2b_base64(whole[0][: len(whole[0]) // 4 * 4])


def _of_page(html: str) -> str:
    """The text a reader of the HTML sees, blocks on lines of their own."""
    tree = LexborHTMLParser(html[:2_000_000])
    for node in tree.css(_DEAD):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before("\n")
    text = tree.body.text(separator="") if tree.body else ""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _files(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for place, part in enumerate(_leaves(mail), 1):
        if _is_file(part) or part.get_content_maintype() not in ("text", "multipart", "message"):
            name, content = _name(part, place), _bytes(part)
            wrapped = unwrapped(content)
            if wrapped is None:
                yield name, content
                continue
            for number, (inner, held) in enumerate(wrapped.files, 1):
                yield _base(inner) or f"{name}-{number}", held


def _wrapped(mail: EmailMessage) -> Iterator[Wrapped]:
    """What Outlook wrapped up, of each part that it did."""
    for part in _leaves(mail):
        if found := unwrapped(_bytes(part)):
            yield found


def _name(part: EmailMessage, place: int) -> str:
    try:
        found = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        found = ""
    if "\ufffd" in found:
        whole = f"{raw_header(part, 'Content-Disposition')}; {raw_header(part, 'Content-Type')}"
        named = _NAMED.search(whole)
        found = named[1] if named else found
    return _base(found) or f"file-{place}"


def _base(name: str) -> str:
    """The name without folders."""
    return _clean(name).replace("\\", "/").rpartition("/")[2][:120].strip()


def _clean(text: str) -> str:
    """Without what no database takes: NUL, lone surrogates, control characters; composed Hangul."""
    kept = "".join(
        char
        for char in text
        if char in "\n\t" or not (unicodedata.category(char) in ("Cc", "Cs") or char == "\x7f")
    )
    return unicodedata.normalize("NFC", kept)
