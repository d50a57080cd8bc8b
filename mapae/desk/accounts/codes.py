"""One-time codes by an app (TOTP, RFC 6238) and backup codes for a lost phone."""

from __future__ import annotations

from base64 import b32encode
from binascii import unhexlify
from urllib.parse import quote, urlencode

import segno
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record

__all__ = ["begin", "confirm", "forget", "has_code", "left", "matching", "picture", "secret_text", "waiting"]

BACKUP_CODES = 10


def has_code(user: User) -> bool:
    """Whether signing in asks for a code."""
    found: bool = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    return found


def waiting(user: User) -> TOTPDevice | None:
    """The app that was begun and not confirmed yet."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def begin(user: User) -> TOTPDevice:
    """A new secret; it counts only once a code of it was given."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user, confirmed=False).delete()
        return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


@transaction.atomic
def confirm(user: User, token: str) -> tuple[TOTPDevice | None, list[str]]:
    """Turn codes on if the code is right: (device, backup codes to show once), else (None, [])."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(_plain(token)):
        return None, []
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    StaticDevice.objects.filter(user=user).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    backup = StaticDevice.objects.create(user=user, name="backup")
    codes = [StaticToken.random_token() for _number in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=backup, token=code) for code in codes])
    record(user, "code_on", f"user:{user.pk}")
    return device, codes


@transaction.atomic
def forget(by: User, user: User) -> None:
    """Turn codes off: by the person, or by an administrator for a lost phone."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    record(by, "code_off", f"user:{user.pk}")


def matching(user: User, token: str) -> Device | None:
    """The device that takes the code: six digits are the app's, anything else a backup code, which is then spent."""
    plain = _plain(token)
    model = TOTPDevice if len(plain) == 6 and plain.isdigit() else StaticDevice
    with transaction.atomic():
        for device in model.objects.select_for_update().filter(user=user, confirmed=True):
            if device.verify_token(plain):
                return device
    return None


def left(user: User) -> int:
    """Backup codes not spent yet."""
    count: int = StaticToken.objects.filter(device__user=user).count()
    return count


def picture(device: TOTPDevice) -> str:
    """The QR code as a data address, for an app's camera."""
    name = quote(f"Mapae:{device.user.email}")
    query = urlencode(
        {"secret": secret_text(device).replace(" ", ""), "issuer": "Mapae", "digits": device.digits}
    )
    made: str = segno.make(f"otpauth://totp/{name}?{query}", error="m").svg_data_uri(
        scale=5, dark="#000", light="#fff"
    )
    return made


def secret_text(device: TOTPDevice) -> str:
    """The secret in groups of four letters, to be typed where no camera is at hand."""
    plain = b32encode(unhexlify(device.key)).decode().rstrip("=")
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def _plain(token: str) -> str:
    return "".join(token.split()).lower()
