"""Whatever stands on a line, it gives one document or one reason."""

from __future__ import annotations

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.lines import Place, capped, parse_line
from flows.records import Document, Rejected

PLACE = Place("local", "in.jsonl:1")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from(["id", "text", "html", "title", "url", "authors", "outlet", "published_on", "seen_at", "x"])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.dictionaries(KEYS, VALUES).map(lambda entry: json.dumps(entry).encode()))
def test_any_line_gives_a_document_or_a_reason(line: bytes) -> None:
    answer = parse_line(line, PLACE)
    assert isinstance(answer, Document | Rejected)
    if isinstance(answer, Document):
        assert (answer.text is None) != (answer.html is None)
        (answer.text or answer.html or "").encode("utf-8")
    else:
        assert answer.reason
        answer.reason.encode("utf-8", "backslashreplace")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"").replace(b"\r", b"")), max_size=8))
def test_capped_lines_are_the_lines_cut(lines: list[bytes]) -> None:
    found = list(capped(io.BytesIO(b"".join(line + b"\n" for line in lines)), 10))
    assert found == [line if len(line) < 10 else line[:11] for line in lines]


def test_a_line_too_long_is_told() -> None:
    answer = parse_line(b'{"id": "1", "text": "a long one"}', PLACE, 10)
    assert isinstance(answer, Rejected)
    assert answer.code == "H204"
