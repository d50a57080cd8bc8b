"""What every page of a report is made with: templates, words in two languages, filters that make hostile text harmless."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from mapae.report.details import detail_in
from mapae.report.evidence import evidence
from mapae.report.visible import safe_link, visible
from mapae.report.words import FIELD_WORDS, LANGUAGES, SEVERITY_WORDS, TIE_WORDS, WORDS

__all__ = ["render_page"]

_HERE = Path(__file__).parent


def render_page(template: str, language: str, **values: Any) -> str:
    """The whole HTML document; it asks for nothing from outside and runs only the script its policy names."""
    script = (_HERE / "script.js").read_text("utf-8")
    return (
        _environment()
        .get_template(template)
        .render(
            **values,
            language=language,
            style=Markup((_HERE / "style.css").read_text("utf-8")),
            script=Markup(script),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )


@cache
def _environment() -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(visible=visible, link=safe_link, number=lambda value: f"{value:,}")
    found.globals.update(
        t=_both,
        pair=_pair,
        field=_field,
        tie=_tie,
        said=_said,
        evidence=evidence,
        languages=LANGUAGES,
        severity_words=SEVERITY_WORDS,
    )
    return found


def _both(key: str, **values: object) -> Markup:
    """The words of `key` in every language, each marked with its own; one of them is shown."""
    return _pair({name: text.format(**values) for name, text in WORDS[key].items()})


def _pair(texts: Mapping[str, str], missing: str = "") -> Markup:
    """The same for any text by language; English, then `missing`, where a language has none."""
    return _spans(tuple(texts.items()), missing)


@lru_cache(maxsize=4096)
def _spans(items: tuple[tuple[str, str], ...], missing: str) -> Markup:
    """Remembered, since each finding of a report repeats the same few words."""
    texts = dict(items)
    fallback = texts.get("en") or missing
    spans = (
        Markup('<span lang="{}" class="ui">{}</span>').format(k, texts.get(k) or fallback) for k in LANGUAGES
    )
    return Markup("").join(spans)


def _field(name: str) -> Markup:
    """A record column by its everyday name."""
    return _pair(FIELD_WORDS.get(name, {}), name)


def _tie(kind: str) -> Markup:
    """What ties adverts of a campaign, by its everyday name."""
    return _pair(TIE_WORDS.get(kind, {}), kind)


def _said(text: str) -> Markup:
    """A reason's sentence in every language it is known in; hidden characters are shown."""
    by_language = {name: detail_in(text, name) for name in LANGUAGES}
    if len(set(by_language.values())) == 1:
        return visible(text)
    parts = (
        Markup('<span lang="{}" class="ui">{}</span>').format(name, visible(said))
        for name, said in by_language.items()
    )
    return Markup("").join(parts)
