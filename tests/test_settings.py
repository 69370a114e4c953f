"""Settings: where they come from, and what a wrong one says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flows.errors import HearsayError
from flows.settings import load


def test_variables_override_files_and_options_override_both(tmp_path: Path) -> None:
    (tmp_path / "hearsay.toml").write_text('home = "state"\nbatch_size = 5\nprocesses = 2\nmodel = "m"\n')
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "hearsay.toml").write_text("batch_size = 6\nquery_rows = 9\n")
    settings = load({"HEARSAY_PROCESSES": "3", "HEARSAY_MODEL": "n"}, tmp_path, model="o")
    assert (settings.batch_size, settings.query_rows, settings.processes, settings.model) == (5, 9, 3, "o")
    assert settings.home == tmp_path / "state"
    assert settings.database_path == tmp_path / "state" / "hearsay.duckdb"


def test_the_environment_names_the_home(tmp_path: Path) -> None:
    (tmp_path / "hearsay.toml").write_text('database = "my.duckdb"\n')
    settings = load({"HEARSAY_HOME": str(tmp_path / "there")}, tmp_path)
    assert settings.home == tmp_path / "there"
    assert settings.database_path == tmp_path / "my.duckdb"


@pytest.mark.parametrize(
    ("text", "environment", "code", "said"),
    [
        ("bach_size = 3", {}, "H103", "batch_size"),
        ("", {"HEARSAY_BACH_SIZE": "3"}, "H103", "HEARSAY_BATCH_SIZE"),
        ("batch_size = 0", {}, "H104", "batch_size in"),
        ("", {"HEARSAY_PREFECT": "on"}, "H104", "auto, off"),
        ("batch_size = ", {}, "H105", "hearsay.toml"),
    ],
)
def test_a_wrong_setting_says_which_where_and_what(
    tmp_path: Path, text: str, environment: dict[str, str], code: str, said: str
) -> None:
    (tmp_path / "hearsay.toml").write_text(text)
    with pytest.raises(HearsayError) as caught:
        load(environment, tmp_path)
    assert caught.value.code == code
    assert said in str(caught.value)


def test_reading_settings_writes_nothing(tmp_path: Path) -> None:
    code = "from flows.settings import load; load({})"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []
