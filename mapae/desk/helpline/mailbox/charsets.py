"""What bytes of a message say, whatever charset is claimed for them, and headers whose bytes nobody encoded."""

from __future__ import annotations

from email.message import EmailMessage

from mapae.sources.encodings import detect, mended

__all__ = ["raw_header", "said"]

_HOLDS = {"ks_c_5601-1987": "cp949", "euc-kr": "cp949", "gb2312": "gb18030"}  # the code page that holds more
_LATIN = (
    "iso-8859-1",
    "iso-8859-15",
    "windows-1252",
    "latin1",
)  # these read any bytes, so a wrong claim passes
_SAMPLE = 1 << 20


def said(data: bytes, claimed: str) -> str:
    """The text: by the charset that is claimed if that reads it, else by what the bytes look like.

    A claim of Western European stands only where the bytes are neither UTF-8 nor of an East Asian code page.
    """
    claimed = claimed.lower()
    latin = claimed in _LATIN
    for name in ("utf-8",) if latin else (claimed, "utf-8"):
        try:
            text = data.decode(_HOLDS.get(name, name))
        except (LookupError, ValueError):
            continue
        if "\x1b$" not in text:  # 7-bit Korean or Japanese that was called ASCII
            return text
    if b"\x1b$" in data:
        return data.decode("iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp_2", "replace")
    found = mended(data[:_SAMPLE])[1] or claimed if latin else detect(data[:_SAMPLE])
    return data.decode(found or "utf-8", "replace")


def raw_header(mail: EmailMessage, name: str) -> str:
    """The header as its bytes read, empty where it is not there: for one that was sent in bytes and not encoded."""
    found = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    try:
        data = found.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return found
    try:
        return data.decode()
    except UnicodeDecodeError:
        return mended(data)[0]
