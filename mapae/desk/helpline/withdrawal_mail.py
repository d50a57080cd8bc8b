"""The withdrawal as e-mail to a seller or an agent: the letter's words in the text, the letter itself as PDF."""

from __future__ import annotations

import base64
import json

from mapae.desk.helpline.models import Withdrawal

__all__ = ["receiver", "words"]


def receiver(pk: int, place: int) -> str:
    """The address of the receiver at that place of the letter's list; empty where it is gone."""
    found = Withdrawal.objects.filter(pk=pk).first()
    addresses = json.loads(found.addresses) if found is not None else []
    return str(addresses[place]) if place < len(addresses) else ""


def words(pk: int, place: int) -> tuple[str, str, tuple[tuple[str, str, bytes], ...]]:
    """Subject, text, files."""
    letter = Withdrawal.objects.get(pk=pk)
    parts = json.loads(letter.content)["parts"]
    lines: list[str] = []
    for part in parts:
        lines += [part["title"], "", part["ground"], ""]
        lines += [f"{name}: {value}" for name, value in part["facts"]]
        lines += ["", *part["asks"], "", part["effect"], part["note"], "", "—", ""]
    lines += [f"{letter.code}", f"SHA-256 {letter.digest}"]
    subject = " / ".join(part["title"] for part in parts) + f" ({letter.code})"
    return (
        subject,
        "\n".join(lines),
        ((f"{letter.code}.pdf", "application/pdf", base64.b64decode(letter.pdf)),),
    )
