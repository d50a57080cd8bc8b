"""The tour's audit check shows red for an altered copy and names the entry; the log itself is not touched."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.utils import translation

from mapae.desk.audit.models import AuditEntry
from mapae.desk.audit.verify import verify
from mapae.desk.training import tour_audit
from mapae.desk.training.tour_audit import alter, check_log, checked, put_back, shown
from tests.desk.looking import served_case


@pytest.fixture
def people(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The test's people stand for the tour's."""
    monkeypatch.setattr(tour_audit, "person", lambda key: getattr(world, key))
    with translation.override("ko"):
        yield world


def test_green_then_red_with_the_entry_named_then_green(people: SimpleNamespace) -> None:
    case, _document = served_case(people, "http://127.0.0.1:9")
    assert shown() is None and not checked()
    check_log(case)
    told = shown()
    assert told is not None and checked()
    assert (told["faults"], told["altered"]) == ([], None)
    before = list(AuditEntry.objects.values_list("seq", "actor", "chain"))
    alter(case)
    approval = AuditEntry.objects.get(kind="approve")
    told = shown()
    assert told is not None
    assert [(fault["seq"], fault["kind"]) for fault in told["faults"]] == [(approval.seq, "바뀜")]
    assert (told["altered"]["was"], told["altered"]["now"]) == ("Hana", "Sora")
    assert list(AuditEntry.objects.values_list("seq", "actor", "chain")) == before
    assert verify().faults == ()
    put_back(case)
    told = shown()
    assert told is not None and told["faults"] == [] and told["altered"] is None
