"""What tests of the resolver share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from publishing import Publish

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language


@pytest.fixture
def publish(nlp: Language, tmp_path: Path) -> Publish:
    return Publish(nlp, tmp_path)
