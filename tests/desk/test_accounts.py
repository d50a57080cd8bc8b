"""Signing in, locks, one-time codes, sessions; people are invited, changed and switched off, all of it audited."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from mapae.desk.accounts.locks import RULES
from mapae.desk.accounts.models import SignedIn, User
from mapae.desk.audit.models import AuditEntry
from tests.desk.people import PASSWORD

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Seoul"))
NEW = "another quite long secret"


def try_in(
    user: User, password: str = PASSWORD, code: str = "", client: Client | None = None
) -> Client | None:
    """The client that is signed in, or None."""
    client = client or Client(headers={"accept-language": "en", "user-agent": "Test"})
    form = {"username": user.email.upper(), "password": password, "otp_token": code}
    return client if client.post("/sign-in", form).status_code == 302 else None


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def with_codes(user: User) -> tuple[Client, list[str]]:
    """Signs in and sets one-time codes up: (client, backup codes)."""
    client = try_in(user)
    assert client is not None
    client.post("/account/code/begin")
    page = client.post("/account/code/confirm", {"token": code_of(TOTPDevice.objects.get(user=user))})
    return client, page.context["codes"]


def test_five_failures_lock_and_the_right_password_waits_too(world: SimpleNamespace) -> None:
    with time_machine.travel(NOW, tick=False):
        for _number in range(RULES.failures):
            assert try_in(world.sora, "wrong") is None
        assert try_in(world.sora) is None
        assert AuditEntry.objects.filter(kind="locked").count() == 1
    with time_machine.travel(NOW + timedelta(minutes=RULES.minutes, seconds=1), tick=False):
        assert try_in(world.sora) is not None
        world.sora.refresh_from_db()
        assert (world.sora.failed_logins, world.sora.locked_until) == (0, None)


def test_failures_that_are_not_in_a_row_do_not_lock(world: SimpleNamespace) -> None:
    for _number in range(RULES.failures - 1):
        try_in(world.sora, "wrong")
    assert try_in(world.sora)
    try_in(world.sora, "wrong")
    assert try_in(world.sora)


def test_the_answer_does_not_tell_which_accounts_exist_or_are_locked(world: SimpleNamespace) -> None:
    def said(email: str, password: str) -> str:
        answer = Client().post("/sign-in", {"username": email, "password": password})
        return str(answer.context["form"].non_field_errors())

    unknown = said("nobody@desk.example", "wrong")
    for _number in range(RULES.failures + 1):
        assert said(world.sora.email, "wrong") == unknown
    assert said(world.sora.email, PASSWORD) == unknown


@time_machine.travel(NOW, tick=False)
def test_a_code_is_asked_for_once_it_is_set_up(world: SimpleNamespace) -> None:
    _client, codes = with_codes(world.sora)
    assert len(codes) == 10
    assert try_in(world.sora) is None
    assert try_in(world.sora, code="000000") is None
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        assert try_in(world.sora, code=code_of(TOTPDevice.objects.get(user=world.sora)))
        assert SignedIn.objects.filter(user=world.sora, one_time_code=True).count() == 1
        assert try_in(world.sora, code=code_of(TOTPDevice.objects.get(user=world.sora))) is None  # spent


@time_machine.travel(NOW, tick=False)
def test_a_backup_code_opens_once(world: SimpleNamespace) -> None:
    _client, codes = with_codes(world.sora)
    assert try_in(world.sora, code=codes[0])
    assert try_in(world.sora, code=codes[0]) is None
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert try_in(world.sora, code=codes[1])


@time_machine.travel(NOW, tick=False)
def test_wrong_codes_lock_like_wrong_passwords(world: SimpleNamespace) -> None:
    with_codes(world.sora)
    for _number in range(RULES.failures):
        try_in(world.sora, code="111111")
    world.sora.refresh_from_db()
    assert world.sora.locked_until is not None


@time_machine.travel(NOW, tick=False)
def test_codes_are_not_on_before_one_was_given_and_not_off_without_proof(world: SimpleNamespace) -> None:
    client = try_in(world.sora)
    assert client is not None
    client.post("/account/code/begin")
    page = client.get("/account").content.decode()
    assert "data:image/svg+xml" in page
    client.post("/account/code/confirm", {"token": "123123"})
    assert try_in(world.sora)
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        client.post("/account/code/confirm", {"token": code_of(TOTPDevice.objects.get(user=world.sora))})
        client.post("/account/code/remove", {"password": PASSWORD, "token": ""})
        assert TOTPDevice.objects.filter(user=world.sora, confirmed=True).exists()
    with time_machine.travel(NOW + timedelta(minutes=4), tick=False):
        token = code_of(TOTPDevice.objects.get(user=world.sora))
        client.post("/account/code/remove", {"password": PASSWORD, "token": token})
    assert not TOTPDevice.objects.filter(user=world.sora).exists()
    assert [each.kind for each in AuditEntry.objects.filter(kind__startswith="code_")] == [
        "code_on",
        "code_off",
    ]


def test_a_new_password_ends_the_other_sessions(world: SimpleNamespace) -> None:
    here, there = try_in(world.sora), try_in(world.sora)
    assert here is not None
    assert there is not None
    assert here.post("/account/password", {"password": "wrong", "new": NEW, "again": NEW}).status_code == 302
    assert there.get("/account").status_code == 200
    here.post("/account/password", {"password": PASSWORD, "new": NEW, "again": NEW})
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
    assert SignedIn.objects.filter(user=world.sora).count() == 1
    assert try_in(world.sora) is None
    assert try_in(world.sora, NEW)


def test_a_short_or_common_password_is_refused(world: SimpleNamespace) -> None:
    client = try_in(world.sora)
    assert client is not None
    for new, again in (("short", "short"), ("password1234", "password1234"), (NEW, PASSWORD)):
        client.post("/account/password", {"password": PASSWORD, "new": new, "again": again})
    assert try_in(world.sora)


def test_a_person_sees_and_ends_sessions_and_they_end_by_themselves(world: SimpleNamespace) -> None:
    with time_machine.travel(NOW, tick=False):
        here, there = try_in(world.sora), try_in(world.sora)
        assert here is not None
        assert there is not None
        assert len(here.get("/account").context["sessions"]) == 2
        here.post("/account/sessions")
        assert there.get("/account").status_code == 302
        assert here.get("/account").status_code == 200
    with time_machine.travel(NOW + timedelta(hours=RULES.session_hours, minutes=1), tick=False):
        assert here.get("/account").status_code == 302


def test_an_invited_person_sets_a_password_by_a_link_that_opens_once(world: SimpleNamespace) -> None:
    admin = try_in(world.taeho)
    assert admin is not None
    form = {
        "email": "Nara@desk.example",
        "name": "Nara",
        "role": "officer",
        "body": world.kftc.pk,
        "approves": "on",
    }
    page = admin.post("/people/new", form)
    made = User.objects.get(email="nara@desk.example")
    assert (made.role, made.body, made.approves, made.has_usable_password()) == (
        "officer",
        world.kftc,
        True,
        False,
    )
    address = page.context["address"].removeprefix("http://testserver")
    stranger = Client()
    assert stranger.get(address).status_code == 200
    assert stranger.post(address, {"new": "short", "again": "short"}).status_code == 200
    assert stranger.post(address, {"new": NEW, "again": NEW})["Location"] == "/sign-in"
    assert stranger.get(address).status_code == 404
    assert try_in(made, NEW)


@pytest.mark.parametrize(
    "form",
    [
        {"email": "no address", "name": "X", "role": "admin"},
        {"email": "x@desk.example", "name": "X", "role": "officer"},
        {"email": "x@desk.example", "name": "X", "role": "agent"},
        {"email": "x@desk.example", "name": "X", "role": "king"},
        {"email": "sora@desk.example", "name": "X", "role": "agent"},
    ],
)
def test_an_invitation_that_does_not_fit_together_is_refused(
    world: SimpleNamespace, form: dict[str, str]
) -> None:
    admin = try_in(world.taeho)
    assert admin is not None
    before = User.objects.count()
    assert admin.post("/people/new", form)["Location"] == "/people"
    assert User.objects.count() == before


def test_a_change_of_rights_is_audited_and_ends_sessions(world: SimpleNamespace) -> None:
    admin, sora = try_in(world.taeho), try_in(world.sora)
    assert admin is not None
    assert sora is not None
    form = {"name": "Sora", "role": "auditor", "body": world.kftc.pk, "approves": "on", "is_active": "on"}
    admin.post(f"/people/{world.sora.pk}/do/change", form)
    world.sora.refresh_from_db()
    assert (world.sora.role, world.sora.body, world.sora.approves) == ("auditor", world.kftc, False)
    entry = AuditEntry.objects.get(kind="role_change")
    assert (entry.actor, entry.subject, entry.data["role"]) == (
        f"user:{world.taeho.pk}", f"user:{world.sora.pk}", "auditor",
    )  # fmt: skip
    assert sora.get("/account").status_code == 302
    admin.post(f"/people/{world.sora.pk}/do/change", {**form, "is_active": ""})
    assert try_in(world.sora) is None


def test_nobody_changes_their_own_rights(world: SimpleNamespace) -> None:
    admin = try_in(world.taeho)
    assert admin is not None
    form = {"name": "Taeho", "role": "officer", "body": world.kftc.pk, "approves": "on", "is_active": "on"}
    admin.post(f"/people/{world.taeho.pk}/do/change", form)
    world.taeho.refresh_from_db()
    assert (world.taeho.role, world.taeho.approves) == ("admin", False)


@time_machine.travel(NOW, tick=False)
def test_an_administrator_unlocks_and_helps_with_a_lost_phone(world: SimpleNamespace) -> None:
    with_codes(world.sora)
    for _number in range(RULES.failures):
        try_in(world.sora, "wrong")
    admin = try_in(world.taeho)
    assert admin is not None
    page = admin.get(f"/people/{world.sora.pk}")
    assert (page.context["locked"], page.context["code"]) == (True, True)
    admin.post(f"/people/{world.sora.pk}/do/unlock")
    admin.post(f"/people/{world.sora.pk}/do/code")
    assert try_in(world.sora)


@pytest.mark.parametrize("who", ["sora", "yuna", "minjun"])
def test_only_administrators_open_the_people_page(world: SimpleNamespace, who: str) -> None:
    client = try_in(getattr(world, who))
    assert client is not None
    assert client.get("/people").status_code == 403
    assert client.post(f"/people/{world.taeho.pk}/do/change", {}).status_code == 403
