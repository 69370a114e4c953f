"""A wheel carries all that the program reads: its SQL and its reference data."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_carries_sql_and_reference_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    wanted = {f"flows/resources/sql/{path.relative_to(ROOT / 'sql').as_posix()}" for path in ROOT.glob("sql/**/*.sql")}
    reference = ROOT / "data" / "reference"
    wanted |= {
        f"flows/resources/reference/{path.relative_to(reference).as_posix()}" for path in reference.glob("**/*.tsv")
    }
    wanted |= {path.relative_to(ROOT).as_posix() for path in ROOT.glob("flows/validate/suites/*.toml")}
    assert wanted - inside == set()
