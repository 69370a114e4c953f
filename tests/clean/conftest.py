"""Pages of our own invention."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from flows.records import Document


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    def make(text: str | None = None, **fields: Any) -> Document:
        known = {
            "document_id": "doc_1",
            "external_id": "1",
            "source_name": "test",
            "location": "test:1",
            "content_hash": "0",
        }
        return Document(**{**known, "text": text, **fields})

    return make
