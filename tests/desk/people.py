"""Makes the world of the desk's tests: two bodies, two operators, three firms, and nine persons."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.parties.models import AgentFirm, Mandate, Operator, Seller, ServiceConsent

PASSWORD = "a long enough secret"


def make_world(today: date) -> SimpleNamespace:
    """Sora and her approver Hana (KFTC), Dojin (second body, ministry), Minjun and headquarters Mei (firm of Lumibay),
    Rival (other firm), Ex (firm whose mandate has ended), auditor Yuna, admin Taeho."""
    kftc = Body.objects.create(key="kftc", name_ko="공정거래위원회", name_en="Korea Fair Trade Commission")
    motir = Body.objects.create(key="motir", name_ko="산업통상부", name_en="Ministry of Trade and Industry")
    lumibay = Operator.objects.create(
        key="lumibay", name_ko="루미베이", name_en="Lumibay", name_zh="流觅湾", country="SG",
        platforms=["Lumibay", "루미베이"], domains=["lumibay.example"],
    )  # fmt: skip
    dalmart = Operator.objects.create(
        key="dalmart", name_ko="달마트", name_en="Dalmart", country="HK", platforms=["Dalmart"]
    )
    firm = AgentFirm.objects.create(
        name_ko="법무법인 한들", name_en="Handeul Law", address="서울특별시 종로구 예시로 1", phone="02-000-0001",
        email="agent@handeul.example",
    )  # fmt: skip
    rival = AgentFirm.objects.create(
        name_ko="법무법인 가온", name_en="Gaon Law", address="서울특별시 중구 예시로 2", phone="02-000-0002",
        email="agent@gaon.example",
    )  # fmt: skip
    old = AgentFirm.objects.create(
        name_ko="법무법인 옛터", name_en="Yetteo Law", address="부산광역시 예시로 3", phone="051-000-0003",
        email="agent@yetteo.example",
    )  # fmt: skip
    begun = today - timedelta(days=200)
    mandate = Mandate.objects.create(firm=firm, operator=lumibay, regime="ECA", starts_on=begun)
    Mandate.objects.create(firm=rival, operator=dalmart, regime="ECA", starts_on=begun)
    Mandate.objects.create(
        firm=old,
        operator=lumibay,
        regime="ECA",
        starts_on=begun - timedelta(days=400),
        ends_on=begun - timedelta(days=1),
    )
    consent = ServiceConsent.objects.create(
        operator=lumibay,
        mandate=mandate,
        channel="email",
        address="serve@handeul.example",
        consented_on=begun,
    )
    seller = Seller.objects.create(operator=lumibay, seller_id="S-77", name="반짝상회(예시)")

    sealed = make_password(PASSWORD)  # once: it is meant to take long

    def person(name: str, role: str, **fields: object) -> User:
        return User.objects.create(
            email=f"{name.lower()}@desk.example", password=sealed, name=name, role=role, **fields
        )

    return SimpleNamespace(
        today=today, kftc=kftc, motir=motir, lumibay=lumibay, dalmart=dalmart, firm=firm, rival_firm=rival,
        old_firm=old, mandate=mandate, consent=consent, seller=seller,
        sora=person("Sora", "officer", body=motir),
        hana=person("Hana", "officer", body=motir, approves=True),
        juho=person("Juho", "officer", body=motir, approves=True),
        dojin=person("Dojin", "officer", body=kftc),
        minjun=person("Minjun", "agent", firm=firm),
        mei=person("Mei", "headquarters", firm=firm, language="zh-hans"),
        rival=person("Rival", "agent", firm=rival),
        ex=person("Ex", "agent", firm=old),
        yuna=person("Yuna", "auditor", body=kftc),
        taeho=person("Taeho", "admin", body=kftc),
    )  # fmt: skip
