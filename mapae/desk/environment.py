"""Settings of the desk that come from the environment; what is wrong is told at start, with the remedy."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mapae.errors import UsageError
from mapae.settings import home

__all__ = [
    "Mail", "Sms", "Stamping", "database", "flag", "hosts", "keys", "language", "mail", "public_url", "secret", "sms",
    "stamping", "store",
]  # fmt: skip


def store(name: str) -> Path:
    """A folder for the desk's own files (evidence, keys, mail) in $MAPAE_HOME/desk, made when it is missing."""
    folder = home() / "desk" / name if name else home() / "desk"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def flag(name: str) -> bool:
    """A yes/no variable: 1, true, yes, on or 0, false, no, off; UsageError for anything else."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "0", "false", "no", "off"):
        return False
    if value in ("1", "true", "yes", "on"):
        return True
    raise UsageError(f"not yes or no: {value!r}", where=name, mend=f"set {name}=1 or {name}=0")


def secret(name: str) -> str:
    """A secret: $MAPAE_SECRET_KEY and the like, else one made once and kept in $MAPAE_HOME/desk for its owner only."""
    if value := os.environ.get(name):
        return value
    path = store("") / name.lower().removeprefix("mapae_")
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text("utf-8").strip()


def keys() -> list[str]:
    """Keys that encrypt personal data at rest, the newest first: $MAPAE_DATA_KEYS (comma between), else one made and kept."""
    if value := os.environ.get("MAPAE_DATA_KEYS"):
        return [part.strip() for part in value.split(",") if part.strip()]
    from cryptography.fernet import Fernet

    path = store("") / "data_keys"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
    except FileExistsError:
        pass
    return path.read_text("utf-8").split()


def database() -> str:
    """The database: $DATABASE_URL, else SQLite in $MAPAE_HOME/desk."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{store('') / 'desk.sqlite3'}"


def hosts() -> list[str]:
    """Names under which the desk may be called: $MAPAE_HOSTS (comma between), else this machine only."""
    value = os.environ.get("MAPAE_HOSTS", "")
    return [part.strip() for part in value.split(",") if part.strip()] or ["localhost", "127.0.0.1", "[::1]"]


def public_url() -> str:
    """The desk's own address as letters, calendars and links name it: $MAPAE_PUBLIC_URL, else this machine's."""
    value = os.environ.get("MAPAE_PUBLIC_URL") or "http://127.0.0.1:8000"
    if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc:
        raise UsageError(
            f"no address: {value!r}", where="MAPAE_PUBLIC_URL", mend="https://desk.example.go.kr"
        )
    return value.rstrip("/")


def language() -> str:
    """The language of a first visit: $MAPAE_LANGUAGE, else Korean."""
    value = os.environ.get("MAPAE_LANGUAGE", "ko")
    if value not in ("ko", "en", "zh-hans"):
        raise UsageError(f"no such language: {value!r}", where="MAPAE_LANGUAGE", mend="ko, en or zh-hans")
    return value


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server that documents are handed to. security: none, starttls or tls; arrives: `accepted` where this server
    stands for the addressee's designated computer, `confirmed` where arrival is recorded by a person."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    arrives: str
    loopback_webhooks: bool


def mail() -> Mail:
    """$MAPAE_SMTP (smtp, smtp+starttls or smtps://user:password@host:port), $MAPAE_MAIL_FROM, $MAPAE_MAIL_ARRIVES,
    $MAPAE_LOOPBACK_WEBHOOKS; without them the server of this machine."""
    parts = urlsplit(os.environ.get("MAPAE_SMTP") or "smtp://localhost:25")
    kinds = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
    if parts.scheme not in kinds or not parts.hostname:
        raise UsageError(
            "no mail server's address", where="MAPAE_SMTP", mend="smtp+starttls://user:password@host:587"
        )
    arrives = os.environ.get("MAPAE_MAIL_ARRIVES") or ("accepted" if flag("MAPAE_TRAINING") else "confirmed")
    if arrives not in ("accepted", "confirmed"):
        raise UsageError(
            f"not a rule of arrival: {arrives!r}", where="MAPAE_MAIL_ARRIVES", mend="accepted or confirmed"
        )
    security, port = kinds[parts.scheme]
    return Mail(
        parts.hostname,
        parts.port or port,
        security,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        os.environ.get("MAPAE_MAIL_FROM") or "desk@localhost",
        arrives,
        flag("MAPAE_LOOPBACK_WEBHOOKS"),
    )


@dataclass(frozen=True, slots=True)
class Sms:
    """The gateway that SMS are handed to. url: takes a POST of {id, to, text}, empty: no SMS; token: sent as bearer."""

    url: str
    token: str


def sms() -> Sms:
    """$MAPAE_SMS and $MAPAE_SMS_TOKEN; nobody unless told."""
    url = os.environ.get("MAPAE_SMS", "").strip()
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise UsageError("no address of an SMS gateway", where="MAPAE_SMS", mend="http://127.0.0.1:9050/send")
    return Sms(url, os.environ.get("MAPAE_SMS_TOKEN", "").strip())


@dataclass(frozen=True, slots=True)
class Stamping:
    """Who stamps the ends of the audit log with the time (RFC 3161). url: of the time-stamping authority, empty: nobody is
    asked; roots: file with the certificates (PEM) that its stamps must lead to."""

    url: str
    roots: Path | None


def stamping() -> Stamping:
    """$MAPAE_TSA and $MAPAE_TSA_ROOTS; nobody unless told."""
    url, roots = os.environ.get("MAPAE_TSA", "").strip(), os.environ.get("MAPAE_TSA_ROOTS", "").strip()
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise UsageError(
            "no address of a time-stamping authority", where="MAPAE_TSA", mend="http://tsa.example/"
        )
    return Stamping(url, Path(roots) if roots else None)
