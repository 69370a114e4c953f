"""The soak on a simulated clock sees what leaks, and a short one is flat."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from watching import Held, leaks


def test_what_goes_on_growing_is_a_leak() -> None:
    filling = [Held(400.0 + 40 * n, 20 + n) for n in range(5)]  # caches
    assert leaks(filling + [Held(600.0, 25)] * 15) == []
    assert leaks([Held(600.0 + n % 3, 24 + n % 3) for n in range(20)]) == []
    assert leaks([Held(600.0 + 20 * n, 25) for n in range(20)]) == ["memory 740 to 940 MB"]
    assert leaks([Held(600.0, 25 + n) for n in range(20)]) == ["file descriptors 32 to 42"]


def test_three_simulated_days_of_runs(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("clock_soak.py")), str(tmp_path / "soak")]
    done = subprocess.run([*command, "--days", "3", "--every", "720"], capture_output=True, text=True, check=False)
    told = json.loads(done.stdout[done.stdout.index("{\n") :])
    assert told["problems"] == []
    assert done.returncode == 0, done.stderr
    assert told["runs"] == {"Completed": 4, "Failed": 2}  # on the second day the folder is away
    notices = (tmp_path / "soak" / "notices.jsonl").read_text().split("\n\n")
    assert [json.loads(one)["kind"] for one in notices if one.strip()] == ["failure"]  # once, not each time
