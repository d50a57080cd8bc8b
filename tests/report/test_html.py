"""The report shows what was seen, calmly, and lets nothing in a listing run."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from mapae.report.html import Page, render
from mapae.report.visible import safe_link, visible
from mapae.report.words import LANGUAGES, WORDS

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}</style></title>"
MANIFEST = {
    "inputs": [
        {
            "path": f"in/{HOSTILE}.csv",
            "sha256": "ab" * 32,
            "rows_read": 5000,
            "rows_rejected": 3,
            "profile": None,
        }
    ],
    "as_of": "2026-11-24",
    "code_version": "0.1.0+abc",
    "pack_hash": "f" * 64,
    "lists_hash": "e" * 16,
    "seconds": 1.5,
}


def finding(**changes):
    row = {
        "finding_id": "0" * 32,
        "measure": "counterfeits",
        "check": "counterfeits.disguise",
        "severity": "high",
        "score": 0.9,
        "subject_kind": "listing",
        "subject_id": HOSTILE,
        "subject_title": HOSTILE,
        "subject_url": "javascript:alert(3)",
        "operator": HOSTILE,
        "seller_id": None,
        "reference_id": "brand:Nike",
        "provision": "TM 108",
        "provision_from": date(2016, 9, 1),
        "reasons": [
            {
                "field": "title",
                "start": 4,
                "end": 9,
                "seen": "N\u200b1ke",
                "matched": "Nike",
                "detail": HOSTILE,
                "score": 1,
            }
        ],
        "around": [{"before": "New ", "after": HOSTILE}],
    }
    return row | changes


def page(**changes):
    values = {
        "counts": {("counterfeits", "counterfeits.disguise", "high"): 12},
        "shown": [finding()],
        "manifest": MANIFEST,
        "measures": {
            "counterfeits": {"en": "Counterfeits", "ko": "위조상품"},
            "illegal_ads": {"en": "Adverts"},
        },
        "provisions": {"TM 108": {"ko": "침해로 보는 행위"}},
    }
    return render(Page(**(values | changes)))


class Tags(HTMLParser):
    """Collects every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_hostile_text_in_any_place_makes_no_tag_and_no_handler():
    tags = Tags(page()).found
    assert [tag for tag, _ in tags if tag in ("script", "img", "iframe", "object", "style")] == [
        "style",
        "script",
    ]
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]


def test_nothing_is_fetched_from_anywhere():
    tags = Tags(page(shown=[finding(subject_url="https://shop.example/1")])).found
    assert not [attributes for _, attributes in tags if "src" in attributes or "srcset" in attributes]
    links = [attributes["href"] for tag, attributes in tags if tag == "a" and "href" in attributes]
    assert links == ["#findings", "https://shop.example/1"]
    policy = next(
        attributes for tag, attributes in tags if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy["content"].startswith("default-src 'none'")


def test_the_script_is_the_one_the_policy_allows():
    import base64
    import hashlib

    text = page()
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text


def test_the_text_seen_stands_marked_in_its_context_with_hidden_characters_named():
    text = page()
    assert (
        'New <mark>N<span class="hidden" title="ZERO WIDTH SPACE">200B</span>1ke<sup>1</sup></mark>' in text
    )
    assert "<b>Nike</b>" in text
    assert "2016-09-01" in text


def test_what_is_not_shown_is_counted():
    assert "Not shown here: 11." in page()
    assert "Not shown here" not in page(counts={("counterfeits", "counterfeits.disguise", "high"): 1})


def test_a_run_without_findings_says_so_and_still_names_what_was_checked():
    text = page(counts={}, shown=[])
    assert "Nothing was found." in text
    assert "Counterfeits" in text


def test_findings_on_trial_are_named_but_not_counted():
    assert "7 findings of checks on trial" in page(shadow=7)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_it_opens_in_the_language_asked_for_and_holds_the_others(language):
    text = page(language=language)
    assert f'<html lang="{language}">' in text
    assert re.search(rf'id="ui-{language}" value="{language}" checked', text)
    assert "발견 내역" in text
    assert "Findings" in text


def test_every_word_of_the_report_is_there_in_every_language():
    assert {key: set(texts) for key, texts in WORDS.items()} == {key: set(LANGUAGES) for key in WORDS}


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://shop.example/a?b=1", "https://shop.example/a?b=1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//shop.example", ""),
        ("https://[broken", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(url, link):
    assert safe_link(url) == link


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<b", "a&lt;b"),
        ("a\u202eb", 'a<span class="hidden" title="RIGHT-TO-LEFT OVERRIDE">202E</span>b'),
        ("a\x00b", 'a<span class="hidden" title="CONTROL CHARACTER">0000</span>b'),
        ("정품 가방", "정품 가방"),
        (None, ""),
    ],
)
def test_invisible_characters_are_shown_by_name(text, shown):
    assert str(visible(text)) == shown


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("#1b1f24", "#f5f4f1"),
        ("#51585f", "#f5f4f1"),
        ("#51585f", "#ffffff"),
        ("#6b7177", "#ffffff"),
        ("#6b4a16", "#f5f4f1"),
        ("#ffffff", "#7d0a1e"),
        ("#ffffff", "#b3261e"),
        ("#ffffff", "#8a4b00"),
        ("#ffffff", "#2f5d3a"),
        ("#ffffff", "#3d566e"),
        ("#1b1300", "#ffe49a"),
        ("#0b4fb3", "#ffffff"),
        ("#4a3708", "#fff6dc"),
        ("#4a3708", "#ffe49a"),
        ("#1b1f24", "#fff3cd"),
        ("#b3261e", "#ffffff"),
        ("#8a4b00", "#ffffff"),
    ],
)
def test_colours_of_text_reach_the_contrast_of_wcag_aa(front, back):
    from pathlib import Path

    import mapae.report.html as html

    style = Path(html.__file__).with_name("style.css").read_text()
    short = {"#ffffff": "#fff"}
    assert short.get(front, front) in style
    assert short.get(back, back) in style
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
