"""Android's binary XML as a tree; a plain XML text is taken too, as some builders leave it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mapae.detect.apk.archive import Broken

__all__ = ["children", "said", "tree"]

_ANDROID = "{http://schemas.android.com/apk/res/android}"


def tree(data: bytes) -> Any:
    """The root element (lxml). Broken where the bytes are no XML of either sort."""
    if data.lstrip()[:1] == b"<":
        return _plain(data)
    from androguard.core.axml import AXMLPrinter

    try:
        root = AXMLPrinter(data).get_xml_obj()
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Broken(f"its binary XML cannot be read ({type(error).__name__}: {str(error)[:120]})") from error
    if root is None:
        raise Broken("its binary XML has no element")
    return root


def _plain(data: bytes) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Broken(f"its XML cannot be read ({error})") from error


def said(element: Any, name: str) -> str | None:
    """An attribute by Android's name, with its namespace or, as in stripped manifests, without."""
    value = element.get(_ANDROID + name)
    if value is None:
        value = element.get(name)
    if value is None:
        value = next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)
    return str(value) if value is not None else None


def children(element: Any, *names: str) -> Iterator[Any]:
    """Child elements of these names, in order."""
    return (item for item in element if isinstance(item.tag, str) and item.tag.rpartition("}")[2] in names)
