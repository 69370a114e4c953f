"""Which files a source names."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import HearsayError
from flows.ingest import find, read
from flows.ingest.find import twins
from flows.settings import load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of five readable files, some deep, among what is none of ours."""
    for name in (
        "b.txt",
        "a.html",
        "deep/c.jsonl",
        "deep/er/d.TXT.gz",
        "deep/e.htm",
        "notes.md",
        ".hidden.txt",
        ".git/x.txt",
    ):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"Something.")
    return tmp_path / "in"


def test_a_folder_gives_its_readable_files_in_a_fixed_order(folder: Path) -> None:
    found = find([str(folder)], load())
    assert [file.path.relative_to(folder).as_posix() for file in found] == [
        "a.html", "b.txt", "deep/c.jsonl", "deep/e.htm", "deep/er/d.TXT.gz",
    ]  # fmt: skip
    assert [file.format for file in found] == ["html", "text", "jsonl", "html", "text"]


def test_path_folder_and_glob_name_the_same_documents(folder: Path, tmp_path: Path) -> None:
    def ids(*sources: str) -> set[str]:
        documents = read(find(list(sources), load()), load())
        return {document.document_id for document in documents if document.location.endswith("b.txt")}  # type: ignore[union-attr]

    given = ids(str(folder / "b.txt"))
    assert given == ids(str(folder)) == ids(str(folder / "*.txt")) == ids(str(folder), str(folder / "b.txt"))
    moved = folder.rename(tmp_path / "elsewhere")
    assert given == ids(str(moved))


def test_a_packed_file_is_the_same_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A", encoding="utf-8")
    (tmp_path / "b.txt.gz").write_bytes(b"")
    assert [file.name for file in find([str(tmp_path)], load())] == ["a.txt", "b.txt"]


def test_files_of_one_name_are_told(tmp_path: Path) -> None:
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("A", encoding="utf-8")
    pairs = twins(find([str(tmp_path)], load()))
    assert [(one.path.parent.name, other.path.parent.name) for one, other in pairs] == [("1", "2")]


@pytest.mark.parametrize(
    ("source", "code"), [("nothing", "H101"), ("in/*.xml", "H101"), ("in/.git", "H102"), ("in/notes.md", "H108")]
)
def test_what_is_not_there_is_a_numbered_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, source: str, code: str
) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / ".git" / "x.txt").unlink()
    with pytest.raises(HearsayError) as caught:
        find([source], load())
    assert caught.value.code == code


def test_a_named_source_knows_its_files_by_their_path_inside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "desk.toml").write_text('kind = "folder"\npath = "../in"\noutlet = "The Desk"\n')
    settings = load(sources=tmp_path / "sources")
    found = find(["desk"], settings)
    assert [file.name for file in found] == ["a.html", "b.txt", "deep/c.jsonl", "deep/e.htm", "deep/er/d.TXT"]
    documents = list(read(found[:1], settings))
    assert [(document.source_name, document.outlet) for document in documents] == [("desk", "The Desk")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('kind = "feed"\npath = "."', "H107"),
        ('kind = "folder"', "H107"),
        ('kind = "folder"\npath = "absent"', "H107"),
        ('kind = "folder"\npath = "."\nuotlet = "x"', "H107"),
        ("kind = ", "H105"),
    ],
)
def test_a_broken_named_source_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "desk.toml").write_text(text)
    with pytest.raises(HearsayError) as caught:
        find(["desk"], load(sources=tmp_path))
    assert caught.value.code == code
