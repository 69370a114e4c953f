"""What the README says is true: its examples, its commands, its settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from readme import README, refreshed
from typer.main import get_command

from flows.cli import app
from flows.settings import Settings

TEXT = README.read_text(encoding="utf-8")


@pytest.mark.model
def test_the_examples_are_what_the_sample_answers(sample_database: Path) -> None:
    assert refreshed(TEXT, sample_database) == TEXT, "run: python tests/readme.py --write"


@pytest.mark.parametrize("command", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_told_of(command: str) -> None:
    assert f"hearsay {command}" in TEXT


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_told_of(setting: str) -> None:
    assert f"`{setting}`" in TEXT


def test_the_source_that_the_readme_shows_is_the_one_that_is_there() -> None:
    shown = (README.parent / "data" / "sources" / "desk.toml").read_text(encoding="utf-8")
    assert f"```toml\n{shown}```" in TEXT
