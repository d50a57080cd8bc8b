"""The description of the API: as a page in three languages, as JSON without outside addresses, and in the docs."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.test import Client
from django.urls import reverse

import mapae.desk
from mapae.desk.accounts.tokens import SCOPES
from mapae.desk.api.catalogue import groups, shapes
from mapae.desk.api.problems import kinds
from mapae.desk.api.telling import events
from mapae.desk.words import read_words
from mapae.workflow.states import ROLES

LANGUAGES = {"ko", "en", "zh"}


def test_every_word_of_the_description_has_korean_and_chinese() -> None:
    words = read_words(Path(mapae.desk.__file__).parent, strict=False)
    said = {group.tag for group in groups()}
    for group in groups():
        for each in group.operations:
            said |= {each.summary, each.about} | {part.about for part in each.parts if part.about}
    assert not [
        text for text in said if not (words.get(text, {}).get("ko") and words.get(text, {}).get("zh"))
    ]
    titles = [*(kind.title for kind in kinds().values()), *(kind.means for kind in kinds().values())]
    titles += [told.means for told in events().values()] + [scope.title for scope in SCOPES.values()]
    assert all(set(title) == LANGUAGES for title in titles)


def test_the_page_lists_every_operation_error_and_event(client: Client, db: None) -> None:
    for language, word in (("ko", "호출 방법"), ("en", "How to call it"), ("zh-hans", "调用方法")):
        page = client.get(reverse("api-docs"), headers={"accept-language": language})
        text = page.content.decode()
        assert word in text
        for group in groups():
            assert all(f'id="op-{each.name}"' in text for each in group.operations)
        assert all(f'id="problem-{slug}"' in text for slug in kinds())
        assert all(told.name in text for told in events().values())
        anchors = set(re.findall(r'href="#([^"]+)"', text)) - {"main"}
        assert anchors <= set(re.findall(r'id="([^"]+)"', text))


def test_the_json_is_public_and_names_no_other_host(client: Client, db: None) -> None:
    answer = client.get("/api/v1/openapi.json")
    schema = answer.json()
    assert schema["openapi"].startswith("3.1")
    assert not re.search(r"https?://(?!hooks\.example\.com)", json.dumps(schema))
    refs = set(re.findall(r'"#/components/(\w+)/([\w-]+)"', json.dumps(schema)))
    assert all(name in schema["components"][kind] for kind, name in refs)
    assert set(schema["webhooks"]) == {told.name for told in events().values()}


def test_every_write_takes_a_key_and_every_read_an_etag() -> None:
    from mapae.desk.api.v1 import api

    for methods in api.get_openapi_schema()["paths"].values():
        for method, found in methods.items():
            names = {row["name"] for row in found["parameters"]}
            assert ("If-None-Match" in names, "Idempotency-Key" in names) == (
                method == "get",
                method != "get",
            )
            assert {"429"} <= set(found["responses"])


def test_scopes_and_roles_of_operations_are_those_of_the_desk() -> None:
    for group in groups():
        for each in group.operations:
            assert not each.scope or each.scope in SCOPES
            assert set(each.roles) <= set(ROLES)
    assert len(shapes()) > 40
