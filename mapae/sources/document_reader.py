"""Documents of running text: Markdown, plain text and PDF, one record a file."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from mapae.errors import InputError
from mapae.sources.blocks import Block
from mapae.sources.document_kind import document_kind
from mapae.sources.encodings import SAMPLE, detect
from mapae.sources.files import DOCUMENTS
from mapae.sources.pdf_lines import lines
from mapae.sources.pdf_text import reflow
from mapae.sources.rejects import RejectLog
from mapae.sources.streams import head

__all__ = ["DOCUMENT_LIMIT", "DocumentReader", "is_document"]

DOCUMENT_LIMIT = 16 << 20  # bytes of a document that are read
_PAGES = 500
_PDF = b"%PDF-"
logging.getLogger("pypdf").setLevel(
    logging.CRITICAL
)  # what it mends is no news; what it cannot read is an error here


def is_document(path: Path, start: bytes) -> bool:
    """Whether the file is a PDF by its first bytes, or Markdown or text by its name."""
    return start.startswith(_PDF) or path.suffix.lower() in DOCUMENTS


class DocumentReader:
    """One document: its id is the file's name without its ending."""

    columns: Sequence[str] = ("document_id", "doc_kind", "text")

    def __init__(self, path: Path, log: RejectLog) -> None:
        self.path, self.log = path, log

    def blocks(self) -> Iterator[Block]:
        """One block of one row; a document without text is a reject. InputError where it cannot be read."""
        data = head(self.path, DOCUMENT_LIMIT + 1)
        if len(data) > DOCUMENT_LIMIT:
            self.log.note(f"only the first {DOCUMENT_LIMIT >> 20} MiB of the document were read", 1)
            data = data[:DOCUMENT_LIMIT]
        text = self._pdf() if data.startswith(_PDF) else _decoded(data, self.path)
        if not text.strip():
            self.log.row(1, "the document holds no text (a scan wants text recognition first)", text)
            return
        kind = document_kind(self.path.stem, text, self.path.parent.name)
        yield Block(
            {"document_id": [self.path.stem], "doc_kind": [kind], "text": [text]}, np.ones(1, np.int64)
        )

    def _pdf(self) -> str:
        try:
            pages = PdfReader(self.path).pages
            if len(pages) > _PAGES:
                self.log.note(f"only the first {_PAGES} pages were read", 1)
            return reflow([lines(page, number) for number, page in enumerate(pages[:_PAGES])])
        except (FileNotDecryptedError, DependencyError) as error:
            raise InputError(
                "the PDF is locked", where=str(self.path), mend="save it without a password"
            ) from error
        except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
            raise InputError(
                f"the PDF cannot be read: {error}", where=str(self.path), mend="open and save it anew"
            ) from error


def _decoded(data: bytes, path: Path) -> str:
    encoding = detect(data[:SAMPLE])
    if not encoding:
        raise InputError("the encoding is not known", where=str(path), mend="save it as UTF-8")
    return data.decode(encoding, "replace")
