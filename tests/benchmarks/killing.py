"""What `kills.py` forks, watches and asks: processes of their own, and what is published in a home."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
FLOWS: Final = str(ROOT / "flows")
MOST: Final = 300.0  # seconds for one run on a machine that others use too
# The modules that put stages, and steps of stages, together.
ORDERING: Final = (
    "pipeline", "batch", "intake", "ingest/read", "ingest/again", "ingest/raw", "clean/__init__", "extract/reading",
    "extract/frames", "resolve/__init__", "validate/__init__", "validate/stage", "publish/store", "publish/files",
    "commands/rebuild", "commands/run",
)  # fmt: skip
BOOKS: Final = {
    "raw.documents": "document_id, content_hash, article_id",
    "ops.quarantine": "content_hash, stage, code",
    "ops.freshness": "source_name, n_documents, newest_published_on",
    "ops.supersessions": "article_id, superseded_by",
    "ops.revisions": "table_name, row_id, column_name, former_value",
}
Rows = dict[str, list[str]]


# -- processes --------------------------------------------------------------------------------------------------------


def warm_up() -> None:
    """Import everything and load the model. Threads of the libraries' own allocators are no harm to a fork."""
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "HEARSAY_PREFECT": "off"}
    sys.path.insert(0, str(Path(__file__).parent))
    import defects  # noqa: F401

    import flows.commands.rebuild
    import flows.commands.run
    import flows.publish.export  # noqa: F401
    from flows import batch, settings

    batch.warm_up(settings.load())


def forked(act: Callable[[], int], talk: Path) -> int:
    """Start `act` in a process group of its own; what it says goes to `talk`."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        out = os.open(talk, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(out, 1)
        os.dup2(out, 2)
        code = act()
    except BaseException:  # noqa: BLE001 (told by the exit code)
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended(child: int) -> int:
    """Its exit code, or the signal that ended it, as a negative number; one that hangs is killed, too."""
    deadline = time.monotonic() + MOST
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.02)


def command(home: Path, *arguments: str, watch: Callable[[str], None] | None = None) -> Callable[[], int]:
    """`hearsay ARGUMENTS`, as the console script runs it. `watch` is told each step."""

    def act() -> int:
        os.environ |= {"HEARSAY_HOME": str(home), "HEARSAY_PREFECT": "off", "HEARSAY_BATCH_SIZE": "2"}
        from flows.cli import main

        if watch is not None:
            sys.setprofile(_profile(watch))
        try:
            main(arguments)
        except SystemExit as stop:
            return int(stop.code or 0)

    return act


def _profile(watch: Callable[[str], None]) -> Callable[[Any, str, Any], None]:
    ordering = {f"{FLOWS}/{name}.py" for name in ORDERING}

    def look(frame: Any, event: str, _argument: Any) -> None:
        if event != "call" or frame.f_back is None:
            return
        code, caller = frame.f_code, frame.f_back.f_code
        if caller.co_filename in ordering and code.co_filename.startswith(FLOWS) and code.co_name[0] != "<":
            watch(f"{code.co_filename[len(FLOWS) + 1 : -3]}:{code.co_qualname}")

    return look


def asked(question: Callable[[], Any], folder: Path) -> Any:
    """What a process of its own answers: it may import what starts threads."""
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)

    def act() -> int:
        answer.write_text(json.dumps(question()), encoding="utf-8")
        return 0

    code = ended(forked(act, folder / "talk"))
    if code:
        raise RuntimeError((folder / "talk").read_text(encoding="utf-8")[-3000:])
    return json.loads(answer.read_text(encoding="utf-8"))


# -- what is looked at ------------------------------------------------------------------------------------------------


def export(database: Path) -> Callable[[], Rows]:
    """The published tables and the books, as rows of text."""

    def question() -> Rows:
        from flows.publish import Store
        from flows.publish.export import export_canonical

        with Store(database).reading() as connection:
            files = export_canonical(connection, database.parent / "export")
            found = {file.stem: file.read_text(encoding="utf-8").splitlines() for file in files}
            for table, columns in BOOKS.items():
                rows = connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()
                found[table] = [str(row) for row in rows]
        return found

    return question


def as_a_reader(database: Path) -> Callable[[], dict[str, Any]]:
    """Open it in plain duckdb and audit what is there; an error in words, audits that fail, articles."""

    def question() -> dict[str, Any]:
        import duckdb
        from defects import checks, empty, published_rows

        from flows.schema import TABLES
        from flows.validate.result import AuditResult
        from flows.validate.rules import rules
        from flows.validate.stage import stage

        if not database.is_symlink():
            return {"error": None, "failed": [], "articles": []}
        try:
            with duckdb.connect(str(database), read_only=True) as connection:
                articles = [
                    row[0] for row in connection.execute("SELECT article_id FROM articles ORDER BY 1").fetchall()
                ]
            with empty() as nothing, stage(nothing, published_rows(database)) as staging:
                result = AuditResult(tuple(checks(staging, {table: rules(nothing, table) for table in TABLES})))
        except duckdb.Error as error:
            return {"error": str(error), "failed": [], "articles": []}
        return {
            "error": None,
            "failed": sorted({one.expectation for one in result.checks if not one.success}),
            "articles": articles,
        }

    return question
