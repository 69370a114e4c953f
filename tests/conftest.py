"""Fixtures that all suites share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, loaded once a session."""
    from flows.extract.nlp import load

    return load()
