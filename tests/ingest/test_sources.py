"""Descriptions of named sources: what they may say, and what is said of one that can't be understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import HearsayError
from flows.ingest import sources
from flows.settings import load

FOLDER = 'kind = "folder"\npath = "in"\n'


def described(folder: Path, text: str) -> sources.Source:
    path = folder / "desk.toml"
    path.write_text(text)
    return sources.load("desk", path)


def test_a_source_has_a_folder_a_schedule_and_expectations(tmp_path: Path) -> None:
    found = described(
        tmp_path,
        FOLDER + 'outlet = "The Desk"\ncron = "30 6 * * mon-fri"\ntimezone = "Europe/Berlin"\n'
        "[quality]\nmax_undated = 0.2\n",
    )
    assert (found.name, found.path, found.outlet) == ("desk", tmp_path / "in", "The Desk")
    assert (found.cron, found.timezone, found.is_scheduled) == ("30 6 * * mon-fri", "Europe/Berlin", True)
    assert found.quality.max_undated == 0.2


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('cron = "0 6 * * *"\nevery_minutes = 5', "not both"),
        ('cron = "0 6 * *"', "five fields"),
        ('cron = "0 6 31 2 *"', "never comes"),
        ('cron = "0 6 30-31 feb *"', "never comes"),
        ('cron = "0 6 31 4,jun,9,11 *"', "never comes"),
        ("every_minutes = 0", "every_minutes"),
        ('timezone = "Europe/Brelin"', "Europe/Brelin"),
        ('schedule = "daily"', "known are"),
        ("[quality]\nmax_undated = 20", "quality.max_undated"),
        ("[quality]\nmax_undatde = 0.2", "quality.max_undatde"),
        ("outlet = 3", "outlet"),
    ],
)
def test_what_can_not_be_meant_is_said(tmp_path: Path, more: str, told: str) -> None:
    with pytest.raises(HearsayError) as caught:
        described(tmp_path, FOLDER + more)
    assert caught.value.code == "H107"
    assert told in str(caught.value)


def test_all_sources_of_the_folder_by_name(tmp_path: Path) -> None:
    for name in ("wire", "desk"):
        (tmp_path / f"{name}.toml").write_text(FOLDER)
    (tmp_path / "notes.txt").write_text("nothing")
    assert [source.name for source in sources.every(load(sources=tmp_path))] == ["desk", "wire"]


@pytest.mark.parametrize(
    "cron", ["0 6 29 2 *", "0 6 31 2 1", "0 6 31 2,3 *", "0 6 31 * *", "0 6 */2 2 *", "0 6 30-31 1-2 *"]
)
def test_a_cron_that_comes_at_all_is_taken(tmp_path: Path, cron: str) -> None:
    assert described(tmp_path, f'{FOLDER}cron = "{cron}"\n').cron == cron


def test_a_source_may_not_be_called_as_runs_of_a_command_are(tmp_path: Path) -> None:
    path = tmp_path / "rebuild.toml"
    path.write_text(FOLDER)
    with pytest.raises(HearsayError, match="H107"):
        sources.load("rebuild", path)
