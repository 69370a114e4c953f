"""The examples of the README are real: this command runs them on the sample and writes what they print.

python tests/readme.py            tell whether the README's examples are still true (exit 1 when not)
python tests/readme.py --write    bring them up to date
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

README: Final = Path(__file__).parents[1] / "README.md"
WIDTH: Final = "118"
_EXAMPLE: Final = re.compile(r"```console\n\$ hearsay (?P<command>[^\n]*)\n(?P<output>.*?)```", re.DOTALL)


def ask(command: str, database: Path) -> str:
    """What `hearsay COMMAND` prints of the sample as a table, without the ids, which tell a reader nothing."""
    given = [*shlex.split(command), "--database", str(database), "--format", "table"]
    environment = {**os.environ, "COLUMNS": WIDTH, "HEARSAY_HOME": str(database.parent)}
    found = subprocess.run(
        [sys.executable, "-m", "flows.cli", *given], capture_output=True, text=True, check=True, env=environment
    )
    return "\n".join(line.rstrip() for line in found.stdout.splitlines()) + "\n"


def refreshed(text: str, database: Path) -> str:
    """The README with the output of each example as it is now."""

    def example(match: re.Match[str]) -> str:
        return f"```console\n$ hearsay {match['command']}\n{ask(match['command'], database)}```"

    return _EXAMPLE.sub(example, text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the README anew")
    write = parser.parse_args().write
    from sample_run import publish_sample

    with tempfile.TemporaryDirectory() as home:
        before = README.read_text(encoding="utf-8")
        after = refreshed(before, publish_sample(Path(home)))
    if write:
        README.write_text(after, encoding="utf-8")
    return 0 if write or before == after else 1


if __name__ == "__main__":
    sys.exit(main())
