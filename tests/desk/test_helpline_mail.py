"""E-mails become complaints: every message is taken, was taken before, or is listed with its reason; junk breaks nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mapae.cli.desk_mail import app
from mapae.desk.documents.models import Outbox
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.mailbox import boxes
from mapae.desk.helpline.mailbox.boxes import messages
from mapae.desk.helpline.mailbox.parts import Unreadable, language_of, read
from mapae.desk.helpline.mailbox.taking import Reject, Taken, take_in
from mapae.desk.helpline.models import Complaint, ReceivedMail
from mapae.errors import InputError
from tests.desk.helping import complaint

WORDS = "루미베이에서 산 치발기가 불량품입니다. 환불해 주지 않습니다."


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.EVIDENCE_ROOT = tmp_path / "evidence"


def _mail(number: int = 1, text: str = WORDS, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    named = {"From": "지우 <jiwoo@mail.example>", "To": "help@desk.example", "Subject": "환불 문제",
             "Message-ID": f"<m{number}@mail.example>", "Date": "Mon, 09 Nov 2026 10:00:00 +0900"}  # fmt: skip
    for name, value in {**named, **headers}.items():
        mail[name] = value
    mail.set_content(text)
    return mail


def _box(path: Path, mails: list[bytes]) -> Path:
    lines = (
        b"From x@mail.example Mon Nov  9 10:00:00 2026\n" + each.rstrip(b"\n") + b"\n\n" for each in mails
    )
    path.write_bytes(b"".join(lines))
    return path


def _take(path: Path) -> tuple[Taken, list[Reject]]:
    rejects: list[Reject] = []
    return take_in(messages(path), rejected=rejects.append), rejects


def test_a_message_becomes_a_complaint_with_sender_day_and_language(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(_mail().as_bytes())
    done, _rejects = _take(path)
    made = Complaint.objects.get()
    assert done.plain() == {"read": 1, "complaints": 1, "relayed": 0, "before": 0, "rejected": 0}
    assert (made.channel, made.language, made.name, made.email) == (
        "email",
        "ko",
        "지우",
        "jiwoo@mail.example",
    )
    assert made.received_at == datetime(2026, 11, 9, 1, 0, tzinfo=UTC)
    assert made.text.startswith("환불 문제\n루미베이") and made.operator == world.lumibay
    assert Outbox.objects.filter(key__startswith=f"helpline:{made.pk}:received").count() == 1


def test_the_same_message_is_taken_once_however_often_it_comes(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    box = _box(tmp_path / "in.mbox", [_mail(1).as_bytes(), _mail(2).as_bytes(), _mail(1).as_bytes()])
    first, _ = _take(box)
    again, _ = _take(box)
    assert (first.complaints, first.before, again.complaints, again.before) == (2, 1, 0, 3)
    assert Complaint.objects.count() == ReceivedMail.objects.count() == 2


def test_a_box_of_many_loses_none(world: SimpleNamespace, tmp_path: Path) -> None:
    mails = [_mail(n, f"{WORDS} 주문 {n}\n\nFrom 판매자: 답 없음\n").as_bytes() for n in range(60)]
    mails[7] = b"\n\n\xff\xfe junk that is no message \n"
    mails[20] = _mail(20, " ", Subject="").as_bytes()
    mails[33] = _mail(33, **{"Auto-Submitted": "auto-replied"}).as_bytes()
    box = _box(tmp_path / "many.mbox", [each.replace(b"\nFrom ", b"\n>From ") for each in mails])
    done, rejects = _take(box)
    assert done.read == 60 == done.complaints + done.rejected + done.before
    assert {each.place.rpartition(" ")[2] for each in rejects} == {"8", "21", "34"}
    assert all(each.why for each in rejects)
    assert "From 판매자" in Complaint.objects.order_by("pk").first().text


def test_memory_holds_one_message_at_a_time_and_too_large_ones_are_listed(
    world: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "LARGEST", 5000)
    box = _box(tmp_path / "in.mbox", [_mail(1, "가" * 9000).as_bytes(), _mail(2).as_bytes()])
    done, rejects = _take(box)
    assert (done.complaints, done.rejected) == (1, 1) and "larger" in rejects[0].why


@pytest.mark.parametrize(
    ("charset", "named"),
    [
        ("euc-kr", "euc-kr"),
        ("cp949", "ks_c_5601-1987"),
        ("euc-kr", "utf-8"),
        ("utf-8", "us-ascii"),
        ("euc-kr", "x-unknown"),
    ],
)
def test_words_are_read_whatever_charset_they_are_in_and_whatever_is_claimed(
    charset: str, named: str
) -> None:
    body = (WORDS + "\n").encode(charset)
    kind = f"Content-Type: text/plain; charset={named}\nContent-Transfer-Encoding: 8bit\n\n"
    head = f"From: a@b.example\nMessage-ID: <1@x>\n{kind}"
    assert "치발기가 불량품" in read(head.encode() + body).text


def test_of_a_page_only_what_a_reader_sees_is_taken() -> None:
    mail = MIMEMultipart("alternative")
    mail["From"], mail["Message-ID"] = "a@b.example", "<1@x>"
    page = "<style>p{}</style><p>치발기가&nbsp;부러졌어요</p><script>alert(1)</script><div>환불 <b>거절</b></div>"
    mail.attach(MIMEText(page, "html", "utf-8"))
    assert read(mail.as_bytes()).text == "치발기가 부러졌어요\n환불 거절"


def test_files_are_checked_like_those_of_the_form_and_refused_ones_are_told(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    mail = _mail()
    mail.add_attachment(b"order,1\n", "text", "csv", filename="주문.csv")
    mail.add_attachment(b"MZ\x90\x00" + b"\0" * 200, "application", "octet-stream", filename="bill.exe")
    path = tmp_path / "one.eml"
    path.write_bytes(mail.as_bytes())
    done, rejects = _take(path)
    made = Complaint.objects.get()
    assert [row.file.name for row in made.files.all()] == ["주문.csv"]
    assert [(each.what, done.complaints) for each in rejects] == [("bill.exe", 1)]
    assert "bill.exe" in made.events.get(kind="file_refused").told


def test_a_message_to_a_relay_address_goes_to_that_complaint_and_makes_no_new_one(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    made = complaint(world)
    path = tmp_path / "one.eml"
    path.write_bytes(_mail(1, "사진을 보내 주세요.", To=f"{made.relay}@desk.example").as_bytes())
    done, _ = _take(path)
    assert (done.relayed, done.complaints, Complaint.objects.count()) == (1, 0, 1)
    assert ReceivedMail.objects.get().complaint == made


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("Precedence", "bulk", "list"),
        ("List-Id", "<news.shop.example>", "list"),
        ("Auto-Submitted", "auto-generated", "automatic"),
    ],
)
def test_mail_of_machines_is_no_complaint(name: str, value: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(_mail(**{name: value}).as_bytes())


def test_a_message_without_a_sender_is_listed() -> None:
    with pytest.raises(Unreadable, match="sender"):
        read(b"Subject: x\n\nwords\n")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("환불해 주세요 AliExpress order", "ko"),
        ("refund please", "en"),
        ("请退款，谢谢", "zh-hans"),
        ("", "en"),
        ("전화 ABC 환불", "ko"),
    ],
)
def test_the_language_is_that_of_most_letters(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_day_that_cannot_be_believed_is_not(world: SimpleNamespace, tmp_path: Path) -> None:
    for number, day in enumerate(
        ("Mon, 09 Nov 2099 10:00:00 +0900", "no day", "Thu, 01 Jan 1970 00:00:00 +0000")
    ):
        (tmp_path / f"{number}.eml").write_bytes(_mail(number, Date=day).as_bytes())
    done, _ = _take(tmp_path)
    now = datetime.now(tz=UTC)
    assert done.complaints == 3
    assert all(abs((now - each.received_at).total_seconds()) < 600 for each in Complaint.objects.all())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["", "text/plain", "text/html; charset=utf-16", "multipart/mixed; boundary=a", "message/rfc822", "ß"]
    ),
    st.sampled_from(["", "base64", "quoted-printable", "x-uuencode", "🙂"]),
)
def test_no_bytes_break_the_reading_of_a_message(body: bytes, kind: str, coding: str) -> None:
    head = f"From: a@b.example\nContent-Type: {kind}\nContent-Transfer-Encoding: {coding}\n\n".encode()
    for content in (body, head + body, b"From: =?utf-8?b?" + body + b"\n" + head + body):
        try:
            found = read(content)
        except Unreadable as error:
            assert str(error)
        else:
            assert found.text and "\0" not in found.text and found.text.encode()


def test_a_folder_without_messages_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no messages"):
        list(messages(tmp_path))
    with pytest.raises(InputError, match="cannot be read"):
        list(messages(tmp_path / "gone.eml"))


def test_the_command_counts_lists_rejects_and_ends_with_three_where_some_were_rejected(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    box = _box(tmp_path / "in.mbox", [_mail(1).as_bytes(), b"junk\n"])
    told = tmp_path / "rejects.jsonl"
    done = CliRunner().invoke(app, ["import-mail", str(box), "--rejects", str(told), "--json"])
    assert done.exit_code == 3, done.output
    assert json.loads(done.output)["complaints"] == 1
    (row,) = map(json.loads, told.read_text("utf-8").splitlines())
    assert row["what"] == "message" and row["place"].endswith("message 2") and row["why"]


def test_decisions_of_officers_leave_as_masked_labelled_cases(world: SimpleNamespace, tmp_path: Path) -> None:
    told, silent = complaint(world, text=WORDS + " 제 번호는 010-0000-0001 입니다."), complaint(world)
    run("correct", world.dojin, told, category="unsafe_product", hazard=True, why="발진")
    target = tmp_path / "decided.jsonl"
    done = CliRunner().invoke(app, ["export-decisions", str(target)])
    assert done.exit_code == 0 and "1 cases" in done.output
    (case,) = map(json.loads, target.read_text("utf-8").splitlines())
    assert (case["id"], case["lang"]) == (told.number, "ko") and silent.number not in target.read_text(
        "utf-8"
    )
    assert case["expect"]["category"] == "unsafe_product" and case["expect"]["hazard"] is True
    assert "010-0000-0001" not in case["complaint"]["text"] and "치발기" in case["complaint"]["text"]
    assert set(case) == {"id", "lang", "complaint", "expect"}
