"""What is read, and what is set aside with which reason."""

from __future__ import annotations

import gzip
import json
import resource
from pathlib import Path

import pytest

from flows.errors import HearsayError
from flows.ids import content_hash
from flows.ingest import RawStore, find, read
from flows.records import Document, Rejected
from flows.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(home=tmp_path / "home")


def read_all(path: Path, settings: Settings, raw: RawStore | None = None) -> list[Document | Rejected]:
    return list(read(find([str(path)], settings), settings, raw))


def codes(answers: list[Document | Rejected]) -> list[str]:
    return [answer.code if isinstance(answer, Rejected) else "ok" for answer in answers]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        ("Café".encode("latin-1"), "H201", "byte 3"),
        (b"\xef\xbb\xbf\xe9", "H201", "byte 3"),
        (b"", "H202", "white space"),
        (b" \n\t ", "H202", "white space"),
        (b"\xef\xbb\xbf\n", "H202", "white space"),
        (b"ab\x00c", "H203", "NUL byte at 2"),
        ("utf-16".encode("utf-16"), "H203", "NUL"),
    ],
)
def test_unreadable_text_is_set_aside(tmp_path: Path, settings: Settings, data: bytes, code: str, said: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (answer,) = read_all(tmp_path / "a.txt", settings)
    assert isinstance(answer, Rejected)
    assert answer.code == code
    assert said in answer.reason
    assert answer.content_hash == content_hash(data)
    assert answer.location.endswith("a.txt")


def test_text_comes_character_for_character(tmp_path: Path, settings: Settings) -> None:
    text = "One\r\ntwo\u2028three\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(text.encode()))
    assert [answer.text for answer in read_all(tmp_path, settings) if isinstance(answer, Document)] == [text, text]


def test_a_page_is_known_by_the_address_it_gives(tmp_path: Path, settings: Settings) -> None:
    page = '<head><link href="https://Example.org/x?utm_source=y&amp;id=2" rel="canonical"></head>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "b.html").write_text(page + "<p>", encoding="utf-8")
    one, other = read_all(tmp_path, settings)
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert one.url == "https://example.org/x?id=2"
    assert one.document_id == other.document_id


LINES = [
    ('{"id": "a", "text": "A mayor spoke."}', "ok"),
    ('{"id": "b", "text": "x", "published_on": 20140623}', "H206"),
    ('{"id": "c", "text": "x", "authors": 7}', "H206"),
    ('{"id": "d", "text": "x", "html": "y"}', "H206"),
    ('{"id": "e"}', "H206"),
    ('{"text": "x"}', "H206"),
    ('{"id": 7, "text": "x"}', "H206"),
    ('{"id": "f", "text": "x", "seen_at": "yesterday"}', "H206"),
    ('{"id": "g", "text": "x\\ud800"}', "H207"),
    ('{"id": "h", "text": "x", "title": "\\u0000"}', "H207"),
    ('{"id": "i", "text": " "}', "H202"),
    ('{"id": "j", "text": ', "H205"),
    ("[]", "H205"),
    ("[" * 100_000, "H205"),
    ('{"id": "k", "text": "x", "n": ' + "1" * 5_000 + "}", "H205"),
    ("", None),
    ('{"id": "l", "text": "The last.", "extra": [1], "authors": ["A", "B"], "url": "https://a.org/1#x"}', "ok"),
]


def test_each_line_is_judged_alone_and_told_by_its_number(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(line for line, _ in LINES), encoding="utf-8")
    answers = read_all(path, settings)
    assert codes(answers) == [code for _, code in LINES if code]
    numbers = [number for number, (_, code) in enumerate(LINES, 1) if code]
    assert [answer.location for answer in answers] == [f"{path}:{number}" for number in numbers]
    last = answers[-1]
    assert isinstance(last, Document)
    assert (last.authors, last.url, last.external_id) == (("A", "B"), "https://a.org/1", "l")


def test_one_line_of_fifty_megabytes_is_set_aside_and_the_rest_read(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "in.jsonl"
    good = b'{"id": "%d", "text": "A mayor spoke."}\n'
    with path.open("wb") as file:
        file.write(good % 1)
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + good % 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers = read_all(path, settings)
    assert codes(answers) == ["ok", "H204", "ok"]
    assert answers[1].location == f"{path}:2"
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 60_000  # kilobytes: twice would be 100,000


def test_a_gzip_bomb_costs_no_more_than_fifty_limits(tmp_path: Path) -> None:
    settings = load(home=tmp_path / "home", max_document_bytes=10_000)
    bomb = gzip.compress(b"x" * 20_000_000)
    (tmp_path / "a.jsonl.gz").write_bytes(bomb)
    (tmp_path / "b.txt.gz").write_bytes(bomb)
    answers = read_all(tmp_path, settings)
    assert codes(answers) == ["H204", "H204"]
    assert all("more than" in answer.reason for answer in answers if isinstance(answer, Rejected))


def test_a_cut_gzip_gives_what_could_be_read(tmp_path: Path, settings: Settings) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": f"Line {n * 7919}."}) + "\n" for n in range(20_000))
    whole = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b.txt.gz").write_bytes(b"not gzip")
    answers = read_all(tmp_path, settings)
    assert codes(answers)[-2:] == ["H208", "H208"]
    assert set(codes(answers)[:-2]) == {"ok"}
    assert len(answers) > 1_000


def test_nothing_is_lost_when_the_last_line_has_no_end(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "1", "text": "x"}\r\n\r\n{"id": "2", "text": "y"}')
    assert codes(read_all(tmp_path, settings)) == ["ok", "ok"]


def test_the_bytes_are_kept_once_and_checked(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"The same.")
    (tmp_path / "in" / "b.txt").write_bytes(b"The same.")
    (tmp_path / "in" / "c.jsonl").write_bytes(b'{"id": "1", "text": "x"}\nbroken\n')
    raw = RawStore(settings.home)
    answers = read_all(tmp_path / "in", settings, raw)
    kept = [path for path in (settings.home / "raw").rglob("*") if path.is_file()]
    assert len(kept) == 3
    assert raw.get(answers[0].content_hash) == b"The same."
    assert raw.get(answers[3].content_hash) == b"broken"
    raw.path(answers[0].content_hash).write_bytes(gzip.compress(b"Another."))
    with pytest.raises(HearsayError) as caught:
        raw.get(answers[0].content_hash)
    assert caught.value.code == "H210"


def test_without_a_store_nothing_is_written(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_bytes(b"Text.")
    read_all(tmp_path, settings)
    assert not settings.home.exists()
