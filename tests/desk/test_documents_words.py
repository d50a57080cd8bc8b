"""Every sentence that pages of documents and letters show is there in Korean; what anyone sees, in Chinese too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mapae.desk.words import read_words

DESK = Path(__file__).resolve().parents[2] / "mapae" / "desk"
VERBS = ("draft", "approve", "send_back", "withdraw_draft", "serve", "record_service")
PYTHON = [
    *DESK.glob("documents/*.py"),
    *DESK.glob("officer/documents*.py"),
    *(DESK / f"cases/actions/{verb}.py" for verb in VERBS),
]
OFFICER = [*PYTHON, *DESK.glob("templates/desk/officer_document*.html")]
PUBLIC = [*DESK.glob("public/letters*.py"), *DESK.glob("templates/desk/public_letter*.html")]


def _said(path: Path) -> set[str]:
    text = path.read_text("utf-8")
    called = re.findall(r'(?<![\w.])_\(\s*"((?:[^"\\]|\\.)*)"\s*,?\s*\)', text)
    tags = [found for _quote, found in re.findall(r"""{% translate (["'])(.*?)\1 %}""", text)]
    blocks = re.findall(r"{% blocktranslate.*?%}(.*?){% endblocktranslate %}", text, re.DOTALL)
    return {*called, *tags, *(re.sub(r"{{ (\w+) }}", r"%(\1)s", block) for block in blocks)}


@pytest.mark.parametrize(("files", "language"), [(OFFICER, "ko"), (PUBLIC, "ko"), (PUBLIC, "zh")])
def test_every_sentence_is_translated(files: list[Path], language: str) -> None:
    words = read_words(DESK)
    said = set().union(*(_said(path) for path in files))
    assert said
    assert sorted(sentence for sentence in said if not words.get(sentence, {}).get(language)) == []
