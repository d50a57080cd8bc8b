"""axe-core finds no violation of WCAG 2.2 A or AA on any page that a person of the desk can open, in either language.

Every page is fetched for every person; what a page says within the desk's frame is looked at once however many persons
are shown the same, and the frame of each person on the first page that opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from mapae.desk.answers.models import Contest
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document
from mapae.desk.findings.models import Finding
from mapae.desk.parties.models import Operator
from mapae.desk.routes import routes
from mapae.desk.training.faces import faces
from mapae.desk.training.reading import story
from tests.desk.browsing import chromium, faults, too_wide
from tests.desk.touring import begin, walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.apart,
    pytest.mark.django_db(transaction=True),
]
_INSIDE = re.compile("<main.*</main>", re.DOTALL)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
_FILES = (".csv", ".json", ".parquet", ".pdf", ".ics", ".png", ".txt")


def places(case: Case, role: str) -> Iterator[str]:
    """Every address of the route table that may show a page to the role, its parts filled in from the tour's case."""
    document = Document.objects.filter(case=case).first()
    contest, finding = Contest.objects.first(), Finding.objects.filter(case=case).first()
    item, operator = case.items.first(), Operator.objects.get(key="lumibay")
    parts = {
        "number": case.number, "case": case.number, "code": document.code if document else "", "slug": operator.key,
        "operator": operator.key, "platform": "lumibay", "listing_id": "LU4471200988",
    }  # fmt: skip
    rows = {
        "contest": contest,
        "finding": finding,
        "inbox": finding,
        "operator": operator,
        "agent-item": item,
    }
    for route in routes():
        if route.path.endswith(_FILES) or not {"everyone", "training", "signed_in", role} & set(route.who):
            continue
        place = route.path
        for name, value in parts.items():
            for kind in ("slug", "str"):
                place = place.replace(f"<{kind}:{name}>", value)
        place = place.replace("<slug:key>", operator.key if place.startswith("operators") else case.number)
        if "<int:pk>" in place:
            row = next((row for key, row in rows.items() if route.name.startswith(key)), None)
            place = place.replace("<int:pk>", str(row.pk)) if row is not None else place
        if "<" not in place:
            yield place


def inside(text: str) -> str:
    """The page without the desk's frame and without what is drawn anew for each request."""
    found = _INSIDE.search(text)
    return _TOKEN.sub("", found[0] if found else text)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_page_of_any_person_keeps_somebody_out(settings, desk_server, language: str) -> None:  # type: ignore[no-untyped-def]
    case = begin(settings, desk_server.url)
    walk(Client(), until="accept")
    wrong, looked, opened, people = [], set[str](), 0, story("world")["people"]
    with chromium() as browser:
        for face in faces():
            page = browser.new_context(locale=language, viewport={"width": 360, "height": 800}).new_page()
            page.goto(f"{desk_server.url}/tour")
            page.locator('select[name="person"]').select_option(face.key)
            page.locator('select[name="person"] + button, label + button').first.click()
            page.wait_for_load_state()
            framed = False
            role = people[face.key]["role"] if face.key in people else ""
            for place in places(case, role):
                answer = page.request.get(
                    f"{desk_server.url}/{place}", max_redirects=0, headers={"Accept-Language": language}
                )
                if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
                    continue
                opened += 1
                if (text := inside(answer.text())) in looked and framed:
                    continue
                looked.add(text)
                framed = True
                page.goto(f"{desk_server.url}/{place}")
                wrong += [f"{face.key} /{place}: {fault}" for fault in faults(page)]
                if wide := too_wide(page):
                    wrong.append(f"{face.key} /{place}: {wide} px wider than a phone")
    assert opened > 200
    assert len(looked) > 80
    assert wrong == [], "\n".join(wrong)
