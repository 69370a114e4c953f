"""Lexicons are read as they stand in their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import resources


def test_a_class_of_words_that_stands_twice_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "reference_dir", lambda: tmp_path)
    (tmp_path / "some_fish.tsv").write_text(
        "# Own.\nclass\twords\nFLAT\tplaice sole\nROUND\tcod\nFLAT\tturbot\n", "utf-8"
    )
    with pytest.raises(ValueError, match=r"some_fish\.tsv has these classes twice: FLAT"):
        resources.classes("some_fish")
    (tmp_path / "other_fish.tsv").write_text("class\twords\nFLAT\tplaice sole\n", "utf-8")
    assert resources.classes("other_fish") == {"FLAT": {"plaice", "sole"}}
