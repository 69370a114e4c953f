"""A kill at any line of a publication loses nothing, doubles nothing, and leaves a database that opens."""

import subprocess
import sys
from pathlib import Path

KILLER = Path(__file__).parent / "publish_killer.py"


def test_kills_at_every_211th_line(tmp_path):
    """Every line: `python tests/publish/publish_killer.py FOLDER 1` (minutes)."""
    command = [sys.executable, str(KILLER), str(tmp_path), "211"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failures 0" in done.stdout
