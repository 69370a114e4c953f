"""Fixtures that all suites share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, loaded once a session."""
    from flows.extract.nlp import load

    return load()


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published database of data/sample, from one run a session, without Prefect."""
    from sample_run import publish_sample

    return publish_sample(tmp_path_factory.mktemp("sample-home"))
