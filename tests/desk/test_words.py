"""Words of the desk: every word says one thing; what pages show has Korean, and where others read it, Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import mapae.desk
from mapae.desk.words import read_words

HERE = Path(mapae.desk.__file__).parent
_TAG = re.compile(r"""\{%\s*translate\s+(["'])(.*?)\1""")
_BLOCK = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)
_CODE = re.compile(r"""\b_\(\s*(["'])((?:\\.|(?!\1).)*)\1\s*\)""")


def test_a_word_is_translated_in_one_way() -> None:
    assert read_words(HERE)


def shown() -> dict[str, set[str]]:
    """Every text that templates and code hand to translation → files."""
    found: dict[str, set[str]] = {}
    for path in [*HERE.rglob("*.html"), *HERE.rglob("*.py")]:
        text = path.read_text("utf-8")
        for match in (*_TAG.finditer(text), *(_CODE.finditer(text) if path.suffix == ".py" else ())):
            found.setdefault(match[2].replace('\\"', '"'), set()).add(f"{path.parent.name}_{path.name}")
    return found


def test_every_text_a_page_shows_has_korean_words() -> None:
    rows = read_words(HERE, strict=False)
    lacking = {text: files for text, files in shown().items() if text and not rows.get(text, {}).get("ko")}
    assert not lacking


def test_texts_of_agents_sellers_and_the_public_have_chinese_words() -> None:
    rows = read_words(HERE, strict=False)
    lacking = {
        text: files
        for text, files in shown().items()
        if any(name.removeprefix("desk_").startswith(("agent_", "seller_", "public_")) for name in files)
        and text
        and not rows.get(text, {}).get("zh")
    }
    assert not lacking
