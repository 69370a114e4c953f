"""Fixtures that all suites share."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Fail on any connection that is not to this machine: no telemetry, no download at run time."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a connection to {address} was tried")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, loaded once a session."""
    from flows.extract.nlp import load

    return load()


@pytest.fixture(scope="session")
def dates_nlp() -> Language:
    """The model with no component of ours but the dates."""
    from flows.extract.nlp import COMPONENTS, load

    return load(without=tuple(name for name, _ in COMPONENTS if name != "hearsay_dates"))


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published database of data/sample, from one run a session, without Prefect."""
    from sample_run import publish_sample

    return publish_sample(tmp_path_factory.mktemp("sample-home"))
