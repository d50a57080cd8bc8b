"""A merchant's report of which the platform's agent is told something; everything is invented."""

from __future__ import annotations

from types import SimpleNamespace

from mapae.desk.merchants import acts, share
from mapae.desk.merchants.intake import receive

__all__ = ["told_to_lumibay"]


def told_to_lumibay(world: SimpleNamespace) -> SimpleNamespace:
    """The report, the secret of its page, the number that opens it, and the code it has outside."""
    about = {
        "matter": "ranking",
        "operator_told": "루미베이",
        "shop": "예시상점",
        "text": "순위가 내려갔습니다.",
    }
    made = receive(confidence="disclosed", **about)
    report = made.report
    acts.join(world.dojin, report)
    report.refresh_from_db()
    share.prepare(world.dojin, report, "순위가 내려감")
    share.answer(report, agrees=True)
    found = share.agreed(report)
    assert found is not None
    return SimpleNamespace(report=report, link=made.link, number=made.code, code=found.code)
