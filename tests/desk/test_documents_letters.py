"""Every kind of letter in every language: golden text and JSON, what law wants in it, and wording that never compels.

Write the golden files anew with MAPAE_GOLDEN=write, then read the difference.
"""

from __future__ import annotations

import io
import json
import os
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.utils import translation
from django.utils.html import strip_tags
from PIL import Image
from pypdf import PdfReader

from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.documents.compose import compose
from mapae.desk.documents.letter import Letter, Point, canonical, from_json, to_json
from mapae.desk.documents.models import Document
from mapae.desk.documents.render import html, pdf
from mapae.desk.documents.wording import LANGUAGES, cite, compelling, form, marked_points, wording, written
from mapae.desk.law import book
from mapae.workflow import document_kinds
from tests.desk.letters import NOON, approved, drafted, open_case

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).with_name("golden")
KINDS = list(document_kinds(book()))
DAY = date(2027, 2, 1)  # every provision of every kind is in force
FACTS = {
    "ko": "국내대리인을 지정하지 않은 사실을 확인함",
    "en": "No local agent was found to be designated",
    "zh": "经确认未指定境内代理人",
}


@pytest.fixture(autouse=True)
def _frozen():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def _letter(world: SimpleNamespace, kind: str, language: str) -> Letter:
    """The letter as it would be issued; numbers, code and date are fixed."""
    case = open_case(world)
    world.motir.address, world.motir.phone = "30118 세종특별자치시 예시로 402", "044-000-0000"
    world.motir.email, world.motir.department_ko = "safety@motir.example", "제품시장관리과"
    world.motir.department_en = "Product Market Surveillance Division"
    world.lumibay.postal_address = "5 Example Road, Singapore"
    content = {"request": wording(kind)["suggest"]["ko"], "facts": FACTS["ko"], "attachments": "", "via": ""}
    if language != "ko":
        words = {"request": wording(kind)["suggest"][language], "facts": FACTS[language]}
        content["translated"] = {**words, "addressee": f"Lumibay ({language})"}
    document = Document.objects.create(
        case=case, kind=kind, body=world.motir, code="ABCD-EFGH-JKMN", language=language, drafter=world.sora,
        addressee="Lumibay", content={**content, "intends": "corrective_order"}, drafted_at=NOON,
    )  # fmt: skip
    case.number, document.case = "2026-MOTIR-000001", case
    case.operator = world.lumibay
    document.items.set(case.items.all())
    return compose(
        document, DAY, number="제품시장관리과-2027-1", issued_on=DAY, reviewers=("Juho",), approver="Hana"
    )


def _part(letter: Letter, language: str) -> Letter:
    """The part in that language: the original, or its translation."""
    part = letter if letter.language == language else letter.translation
    assert part is not None and part.language == language
    return part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_reads_as_its_golden_file(world: SimpleNamespace, kind: str, language: str) -> None:
    letter = _letter(world, kind, language)
    _same(GOLDEN / f"{kind}.{language}.txt", _text(html(letter)))
    _same(
        GOLDEN / f"{kind}.{language}.json", json.dumps(to_json(letter), ensure_ascii=False, indent=1) + "\n"
    )
    assert from_json(json.loads(canonical(letter))) == letter


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_says_what_the_page_says(world: SimpleNamespace, kind: str, language: str) -> None:
    letter = _letter(world, kind, language)
    read = _flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(letter))).pages))
    for part in filter(None, (letter, letter.translation)):
        for _depth, _mark, text in marked_points(part.points, part.language):
            assert _flat(text) in read, text
        for row in part.rows:
            assert _flat(row.cells[0]) in read
    assert _flat(letter.code) in read and _flat(letter.number) in read and _flat(letter.head) in read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_states_ground_force_consequence_remedy_and_contact(
    world: SimpleNamespace, kind: str, language: str
) -> None:
    letter, rule = _part(_letter(world, kind, language), language), document_kinds(book())[kind]
    said = " ".join(text for _depth, _mark, text in marked_points(letter.points, language))
    version = book().provision(rule.provision, DAY)
    assert version is not None
    assert cite(rule.provision, language) in said and written(version.valid_from, language) in said
    assert form("force")[rule.force][language] in said
    assert rule.consequence[language] in said and rule.remedy[language] in said
    assert "safety@motir.example" in said
    assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind", [key for key, kind in document_kinds(book()).items() if kind.force in ("guidance", "request")]
)
def test_guidance_and_requests_never_say_must(world: SimpleNamespace, kind: str, language: str) -> None:
    letter = _part(_letter(world, kind, language), language)
    said = [letter.subject, *(text for _depth, _mark, text in marked_points(letter.points, language))]
    assert compelling(" ".join(said)) == []


@pytest.mark.parametrize(
    "words",
    [
        "삭제하여야 합니다",
        "즉시 조치해야 함",
        "반드시 삭제",
        "You must delete it",
        "sellers shall",
        "are required to",
        "必须删除",
        "应当下架",
        "有义务删除",
    ],
)
def test_words_that_compel_are_found_in_every_language(words: str) -> None:
    assert compelling(words)


@pytest.mark.parametrize(
    "words", ["의무가 없습니다", "you are not required to act", "没有义务", "敬请知悉", "삭제를 권합니다"]
)
def test_words_that_leave_the_choice_are_not_found(words: str) -> None:
    assert compelling(words) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["takedown_recommendation", "takedown_recommendation_children"])
def test_a_takedown_recommendation_has_the_contents_of_the_decree(
    world: SimpleNamespace, kind: str, language: str
) -> None:
    letter = _part(_letter(world, kind, language), language)
    row = dict(zip(letter.columns, letter.rows[0].cells, strict=True))
    assert set(row) == {"product", "brand", "model", "photo", "reason", "platform", "page", "maker"}
    assert (row["product"], row["brand"], row["model"]) == ("Mungmung teether ring", "Mungmung", "MT-3")
    assert (row["page"], row["maker"]) == ("https://lumibay.example/item/1001", "몽몽토이 (예시)")
    assert "26063" in row["reason"]
    assert letter.rows[1].cells[1] == form("labels")["none"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prior_notice_has_the_items_of_the_act(world: SimpleNamespace, language: str) -> None:
    letter = _part(_letter(world, "prior_notice", language), language)
    said = " ".join(text for _depth, _mark, text in marked_points(letter.points, language))
    intended = document_kinds(book())["corrective_order"]
    wanted = [
        intended.title[language], "Lumibay", "5 Example Road, Singapore", FACTS[language],
        wording("prior_notice")["suggest"][language], cite(intended.provision, language), "30118 세종특별자치시 예시로 402",
        str(book().value("apa.21.opinion_days", DAY)), document_kinds(book())["prior_notice"].consequence[language],
    ]  # fmt: skip
    assert [words for words in wanted if words not in said] == []


def test_numbers_follow_the_order_of_official_letters_and_a_lone_point_has_none() -> None:
    points = (Point("a", (Point("b", (Point("c"), Point("d"))), Point("e"))), Point("f"))
    assert [mark for _depth, mark, _text in marked_points(points, "ko")] == [
        "1.",
        "가.",
        "1)",
        "2)",
        "나.",
        "2.",
    ]
    assert [mark for _depth, mark, _text in marked_points((Point("a"),), "ko")] == [""]


def test_a_korean_letter_ends_with_its_end_mark(world: SimpleNamespace) -> None:
    text = _text(html(_letter(world, "guidance", "ko")))
    assert re.search(r"끝\.\n산업통상부장관", text)


def test_hostile_text_stays_text_in_html_and_pdf(world: SimpleNamespace) -> None:
    case = open_case(world)
    nasty = '#panic("x") $x$ [*b*] <script>alert(1)</script> \\u{41} {case} %(x)s'
    document = drafted(world, case, request=nasty)
    letter = compose(document, date(2026, 11, 25))
    shown = html(letter)
    assert "<script" not in shown and "&lt;script&gt;" in shown
    read = PdfReader(io.BytesIO(pdf(letter))).pages[0].extract_text()
    assert _flat(nasty) in _flat(read)


def test_a_picture_kept_as_evidence_is_in_the_letter(world: SimpleNamespace) -> None:
    case = open_case(world)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    kept = evidence.keep(out.getvalue(), "image/png", by=world.sora, name="치발기.png")
    case.items.first().evidence.add(kept)
    document = approved(world, case, "takedown_recommendation")
    letter = from_json(document.content["letter"])
    assert letter.rows[0].photo == kept.sha256
    assert "data:image/png;base64," in html(letter)
    assert sum(len(page.images) for page in PdfReader(io.BytesIO(evidence.read(document.pdf))).pages) == 1
    assert letter.attachments == ("증거 자료 목록(SHA-256, 1건) 1부.",)
    assert letter.evidence == (f"{kept.sha256}  치발기.png",)
    pages = PdfReader(io.BytesIO(evidence.read(document.pdf))).pages
    assert kept.sha256 in _flat(pages[-1].extract_text())


def test_letters_of_training_are_marked_and_stay_so(world: SimpleNamespace, settings: Any) -> None:
    case = open_case(world)
    settings.TRAINING = True
    document = drafted(world, case)
    settings.TRAINING = False
    run("approve", world.hana, case, document=document)
    document.refresh_from_db()
    for language in LANGUAGES:
        assert "예시" in form("labels")["specimen"][language]
    assert "예시" in PdfReader(io.BytesIO(evidence.read(document.pdf))).pages[0].extract_text()[:20]
    assert "specimen" in html(from_json(document.content["letter"]))


def test_a_letter_kept_by_an_older_or_newer_desk_still_has_its_bytes_and_can_be_read(
    world: SimpleNamespace,
) -> None:
    kept = to_json(_letter(world, "guidance", "ko"))
    old = {key: value for key, value in kept.items() if key not in ("evidence", "translation")}
    assert from_json(old).evidence == () and from_json(old).translation is None
    assert from_json({**kept, "later": 1}) == from_json(kept)
    assert json.loads(canonical(old)) == old


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_letter_to_somebody_of_another_language_is_the_korean_original_and_its_translation(
    world: SimpleNamespace, language: str
) -> None:
    letter = _letter(world, "takedown_recommendation", language)
    other = letter.translation
    assert other is not None
    assert (letter.language, other.language, other.translation) == ("ko", language, None)
    assert (letter.number, letter.code, letter.provisions) == (other.number, other.code, other.provisions)
    shown, mark = _text(html(letter)), form("labels")["translation"][language]
    assert shown.index(letter.subject) < shown.index(mark) < shown.index(other.subject)
    pages = [_flat(page.extract_text()) for page in PdfReader(io.BytesIO(pdf(letter))).pages]
    (place,) = [at for at, page in enumerate(pages) if _flat(mark) in page]
    assert place > 0 and _flat(letter.subject) in pages[0] and _flat(other.subject) in pages[place]


def test_words_that_nobody_translated_stand_in_korean_in_the_translation(world: SimpleNamespace) -> None:
    case = open_case(world)
    own = drafted(
        world, case, "takedown_recommendation", language="en", request="세 번째 목록도 함께 살펴볼 것"
    )
    suggested = drafted(world, case, "takedown_recommendation", language="en", request="")
    given = drafted(
        world, case, "takedown_recommendation", language="en", request="함께 살펴볼 것", translated={"request": "See it too"}
    )  # fmt: skip
    said = []
    for document in (own, suggested, given):
        part = _part(compose(document, date(2026, 11, 25)), "en")
        said.append(" ".join(text for _depth, _mark, text in marked_points(part.points, "en")))
    assert "세 번째 목록" in said[0] and "Deletion of the listing" in said[1] and "See it too" in said[2]


def test_the_same_letter_is_the_same_pdf(world: SimpleNamespace) -> None:
    letter = _letter(world, "guidance", "zh")
    assert pdf(letter) == pdf(letter)


def _text(shown: str) -> str:
    lines = (
        re.sub(r"\s+", " ", line).strip()
        for line in strip_tags(re.sub(r"</t[hd]>", " | ", shown)).splitlines()
    )
    return "\n".join(line for line in lines if line) + "\n"


def _flat(text: str) -> str:
    """Without spaces, as lines of a PDF are broken anywhere."""
    return re.sub(r"\s+", "", text)


def _same(path: Path, text: str) -> None:
    if os.environ.get("MAPAE_GOLDEN") == "write":
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, f"{path.name} differs; MAPAE_GOLDEN=write writes it anew"
