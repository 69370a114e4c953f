"""The examples of data/operation are valid, and name what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OPERATION = Path(__file__).parents[1] / "data" / "operation"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_unit_is_one(tmp_path: Path) -> None:
    text = (OPERATION / "hearsay.service").read_text(encoding="utf-8")
    unit = tmp_path / "hearsay.service"
    here, n = re.subn(r"ExecStart=\S+", f"ExecStart={sys.executable}", text)  # its own is not on this machine
    assert n == 1
    unit.write_text(here, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "hearsay" in line]) == (0, [])


def test_the_deployment_names_our_flow() -> None:
    text = (OPERATION / "prefect.yaml").read_text(encoding="utf-8")
    (module, name) = re.findall(r"entrypoint: (\S+)\.(\w+)", text)[0]
    (source,) = re.findall(r"source: (\S+)", text)
    program = Path(__file__).parents[1].joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    assert re.search(rf"^@flow\([^@]*?\ndef {name}\(source: str\)", program, re.MULTILINE)
    assert (OPERATION.parent / "sources" / f"{source}.toml").is_file()
