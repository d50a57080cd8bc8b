"""Plays the steps of one invented case through the desk's own actions, so that its events, clocks and audit are real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.answer import Answer
from mapae.desk.answers.models import Contest, Reply
from mapae.desk.bodies.models import Body
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.documents.outbox import run_outbox
from mapae.desk.documents.queries import language_for
from mapae.desk.documents.worker import transports
from mapae.desk.parties.models import Operator, Seller, ServiceConsent
from mapae.desk.training.checking import seen_gone
from mapae.desk.training.complaints import hand_over
from mapae.desk.training.reading import story
from mapae.desk.training.shop import address, offer, put_up, take_down
from mapae.desk.training.world import person

__all__ = ["Play"]


@dataclass
class Play:
    """One case being played. people: the officer, who approves, who else approves; count: how many listings it joins."""

    matter: str
    operator: str
    count: int
    chance: Random
    case: Case | None = None
    document: Document | None = None
    service: Any = None
    goods: dict[str, Any] = field(default_factory=dict)

    def do(self, step: str) -> None:
        """Do one step of a plot: a method's name with its argument, if it has one."""
        name, _, argument = step.partition(" ")
        method: Callable[..., None] = getattr(self, f"_{name}")
        method(*([argument] if argument else []))
        if self.case is not None:
            self.case.refresh_from_db()

    @property
    def officer(self) -> User:
        """Who works on it."""
        return person(story("month")["officers"][self.matter][0])

    @property
    def second(self) -> User:
        """Who approves."""
        return person(story("month")["officers"][self.matter][1])

    @property
    def third(self) -> User:
        """Who approves too, where two must."""
        return person(story("month")["officers"][self.matter][2])

    @property
    def agent(self) -> User | None:
        """The operator's agent; None where it has none."""
        key = story("month")["agents"].get(self.operator)
        return person(key) if key else None

    @property
    def speaker(self) -> User:
        """Who writes down what the operator says: its agent, or the officer to whom it wrote."""
        return self.agent or self.officer

    @property
    def consented(self) -> bool:
        """Whether the operator, or its agent, named an address for e-mail."""
        return ServiceConsent.objects.filter(operator__key=self.operator, channel="email").exists()

    def _word(self, key: str) -> Any:
        return story("month")["words"][key]

    def _items(self) -> list[CaseItem]:
        assert self.case is not None
        return list(self.case.items.exclude(state="").order_by("id"))

    def _open(self) -> None:
        self.goods = self.chance.choice(story("month")["goods"][self.matter])
        found = Operator.objects.get(key=self.operator)
        self.case = run(
            "open", self.officer, operator=found, matter=self.matter, title=self.goods["case"],
            severity=self.chance.choice((1, 2, 2, 3)),
        )  # fmt: skip

    def _join(self) -> None:
        assert self.case is not None
        operator = self.case.operator
        for number in range(self.count):
            name = self.chance.choice(story("month")["sellers"])
            seller, _made = Seller.objects.get_or_create(
                operator=operator, seller_id=f"S-{sum(map(ord, name)):05d}", defaults={"name": name}
            )
            code = f"{operator.name_en[:2].upper()}{self.chance.randrange(10**9, 10**10)}"
            title = self.goods["titles"][number % len(self.goods["titles"])]
            price = self.chance.randrange(90, 900) * 100
            offer(operator.key, {
                "id": code, "seller": (seller.seller_id, name), "title": title, "text": self.goods["case"],
                "price": price, "image": f"goods-{self.case.pk}-{number}",
            })  # fmt: skip
            run(
                "join", self.officer, self.case, kind="listing", subject_id=code, platform=operator.name_en,
                title=title, url=address(operator.key, code), seller=seller, rung="verified",
                snapshot={"title": title, "seller_id": seller.seller_id, "price": price, "currency": "KRW"},
            )  # fmt: skip

    def _complain(self) -> None:
        assert self.case is not None
        hand_over(self.officer, self.case, f"C-{self.case.pk:04d}-1")

    def _draft(self, kind: str = "") -> None:
        assert self.case is not None
        month = story("month")
        usual = month["documents"] | month["other_documents"].get(self.operator, {})
        wanted = kind or usual[self.matter]
        facts = self._word("facts") if self.matter == "local_agents" else ""
        intends = "corrective_order" if wanted == "prior_notice" else ""
        self.document = run(
            "draft", self.officer, self.case, kind=wanted, items=self._items(), language=language_for(self.case),
            confirmed=True, facts=facts, **({"intends": intends} if intends else {}),
        )  # fmt: skip

    def _prior_notice(self) -> None:
        self._draft("prior_notice")

    def _order(self) -> None:
        self._draft("corrective_order")

    def _send_back(self) -> None:
        run("send_back", self.second, self.case, document=self.document, reason=self._word("send_back"))

    def _approve(self) -> None:
        self.document = run("approve", self.second, self.case, document=self.document)

    def _approve_again(self) -> None:
        self.document = run("approve", self.third, self.case, document=self.document)

    def _serve(self) -> None:
        channel = "email" if self.agent is not None or self.consented else "delivery"
        address = "" if channel == "email" else self.officer.body.address
        self.service = run(
            "serve", self.officer, self.case, document=self.document, channel=channel, address=address
        )
        run_outbox(transports())
        if channel == "delivery":
            self._returned()

    def _post(self) -> None:
        assert self.case is not None
        address = self.case.operator.postal_address
        self.service = run(
            "serve", self.officer, self.case, document=self.document, channel="post", address=address
        )

    def _returned(self) -> None:
        """The receipt came back: service took effect on the day it was signed."""
        slip = evidence.keep(
            f"receipt {self.service.pk}: signed (example)".encode(), "text/plain", by=self.officer
        )
        run("record_service", self.officer, self.case, service=self.service, outcome="served", proof=slip)

    def _notice(self) -> None:
        run(
            "serve", self.officer, self.case, document=self.document, channel="public_notice",
            address="전자관보(예시)", because="address_unknown",
        )  # fmt: skip

    def _removed(self, items: list[CaseItem]) -> None:
        gone = clock.now() - timedelta(hours=self.chance.randrange(1, 20))
        answers = [Answer(item, "removed", removed_at=gone) for item in items]
        for item in items:
            take_down(item.subject_id)
        run("record_answer", self.speaker, self.case, answers=answers)

    def _answer(self) -> None:
        items = [item for item in self._items() if item.state in ("asked", "time_asked", "still_up")]
        if items:
            self._removed(items)
        else:
            self._accept_recommendation()

    def _accept_recommendation(self) -> None:
        run("record_answer", self.speaker, self.case, document=self.document, reply={"accepts": True})

    def _answer_some(self) -> None:
        self._removed(self._items()[:-1] or self._items())

    def _report(self) -> None:
        if self.document is not None and self.document.kind == "takedown_recommendation":
            run("record_answer", self.speaker, self.case, document=self.document, reply=self._word("report"))

    def _opinion(self) -> None:
        assert self.case is not None
        reply = self._word("opinion")
        run("record_answer", self.officer, self.case, document=self.document, reply=reply)

    def _contest(self) -> None:
        ground, text = self.chance.choice(self._word("contest"))
        run(
            "contest", self.speaker, self.case,
            answers=[Answer(self._items()[-1], "contest", ground=ground, text=text)],
        )  # fmt: skip

    def _ask_time(self) -> None:
        until = clock.today() + timedelta(days=14)
        answers = [Answer(item, "time", text=self._word("time"), until=until) for item in self._items()[:1]]
        run("ask_time", self.agent, self.case, answers=answers)

    def _decline(self) -> None:
        run("decline_time", self.officer, self.case, document=self.document, reason=self._word("decline"))

    def _object(self) -> None:
        run("object", self.agent, self.case, document=self.document, reply={"text": self._word("object")})

    def _lift(self) -> None:
        """The objection is upheld for the last item; the letter that tells it waits for approval."""
        found = Reply.objects.get(document=self.document, kind="objection")
        run(
            "decide_objection", self.second, self.case, reply=found, verdict="partly", items=self._items()[-1:],
            reasons=self._word("lift"),
        )  # fmt: skip

    def _decide(self, verdict: str) -> None:
        found = Contest.objects.filter(item__case=self.case, verdict="").first()
        run(
            "decide_contest", self.second, self.case, contest=found, verdict=verdict,
            reasons=self._word("accept" if verdict == "accepted" else "reject"),
        )  # fmt: skip

    def _accept(self) -> None:
        self._decide("accepted")
        for item in self._items():
            if item.state == "withdrawn" and item.said_removed_at:
                run("request_restoration", self.officer, self.case, item=item)

    def _reject(self) -> None:
        self._decide("rejected")

    def _restored(self) -> None:
        for item in self._items():
            if item.state == "restoring":
                put_up(item.subject_id)
                run("verify_restored", self.officer, self.case, item=item)

    def _clock(self) -> Any:
        assert self.case is not None
        from mapae.desk.cases.clocks import clocks_of

        return next(found for found in clocks_of(self.case) if found.ended_on is None)

    def _extend(self) -> None:
        found = self._clock()
        run(
            "extend", self.officer, self.case, clock=found.kind.key, ref=found.ref, days=3,
            reason=self._word("extend"),
        )  # fmt: skip

    def _pause(self) -> None:
        found = self._clock()
        run(
            "pause_clock", self.officer, self.case, clock=found.kind.key, ref=found.ref,
            reason=self._word("pause"),
        )  # fmt: skip

    def _hold(self) -> None:
        run("hold", self.officer, self.case, reason=self._word("hold"))

    def _note(self) -> None:
        run("note", self.officer, self.case, text=self._word("note"))

    def _transfer(self) -> None:
        run(
            "transfer",
            self.officer,
            self.case,
            to=Body.objects.get(key="kftc"),
            reason=self._word("transfer"),
        )

    def _verify(self) -> None:
        """An officer looked at the pages: what was said to be removed is gone."""
        for item in self._items():
            if item.state == "claimed_removed":
                seen_gone(self.officer, self.case, item)

    def _close(self, outcome: str) -> None:
        run("close", self.officer, self.case, outcome=outcome)
