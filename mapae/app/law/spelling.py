"""The key of the law book that a user means: `ECA20-5`, `eca 20의5(1)` and `전자상거래법 제20조의5제1항` are ECA 20-5."""

from __future__ import annotations

import re
import unicodedata

from mapae.pack import Pack

__all__ = ["law_named", "spelled"]

_ARTICLE = re.compile(r"(.+?)제?(\d+)(?:조?의(\d+)|조|-(\d+))?(?:\(.*|제\d+항.*|조.*)?\Z")


def spelled(pack: Pack, text: str) -> str:
    """The pack's key, or the text as it came where no law is named that the pack knows."""
    if text in pack.provisions or text in pack.parameters:
        return text
    flat = _flat(text)
    keys = {_flat(key): key for key in (*pack.parameters, *pack.provisions)}
    if flat in keys:
        return keys[flat]
    read = _ARTICLE.match(flat)
    code = _laws(pack).get(read[1]) if read else None
    if read is None or code is None:
        return text
    branch = read[3] or read[4]
    return f"{code} {read[2]}" + (f"-{branch}" if branch else "")


def law_named(pack: Pack, text: str) -> str | None:
    """The code of the law that the text names and no article of it; None for anything else."""
    return _laws(pack).get(_flat(text))


def _laws(pack: Pack) -> dict[str, str]:
    """Every name of a law, flat, with its code: the code itself, full and short names in every language."""
    full, short = pack.data("pack.yaml")["regimes"], pack.data("documents/laws.yaml")["short"]
    return {
        _flat(name): code
        for code in full
        for name in (code, *full[code].values(), *short.get(code, {}).values())
    }


def _flat(text: str) -> str:
    """Without case, spaces and width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
