"""A small time-stamping authority on this machine, for tests only: its own root, answers made by openssl ts."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

__all__ = ["Authority", "authority", "made_authority"]

_CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """url: where it answers; roots: its root certificate (PEM); asked: how often; reply: what it answers instead."""

    url: str
    folder: Path
    asked: int = 0
    reply: tuple[int, str, bytes] | None = None

    @property
    def roots(self) -> Path:
        """File with its root."""
        return self.folder / "root.pem"

    def stamp(self, query: bytes) -> bytes:
        """The answer to a request."""
        (self.folder / "query.tsq").write_bytes(query)
        words = [
            "openssl",
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-section",
            "one",
            "-queryfile",
            "query.tsq",
        ]
        words += ["-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "reply.tsr"]
        subprocess.run(words, cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "reply.tsr").read_bytes()


def made_authority(folder: Path, url: str = "") -> Authority:
    """Keys and certificates of an authority, in the folder."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder.mkdir(parents=True)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Test Root", root_key, None, root_key)
    own = _certificate("Test TSA", key, root, root_key)
    (folder / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    (folder / "tsa.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "tsa.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder), "utf-8")
    return Authority(url, folder)


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    signer: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer is None:
        use = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        made = made.add_extension(use, critical=True)
    else:
        use = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(use, critical=True).add_extension(purpose, critical=True)
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
        made = made.add_extension(above, critical=False)
    return made.sign(signer, hashes.SHA256())


@contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """An authority that answers on this machine."""
    made = made_authority(folder)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.asked += 1
            query = self.rfile.read(int(self.headers["Content-Length"]))
            status, kind, body = made.reply or (200, "application/timestamp-reply", made.stamp(query))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        made.url = f"http://127.0.0.1:{server.server_address[1]}/tsr"
        yield made
        server.shutdown()
        thread.join()
