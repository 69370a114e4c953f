"""The published database: two twins behind a link.

Readers open the link, with plain duckdb, and hold the live twin; the one run that writes opens the idle twin, brings
it up with the change sets it lacks, applies its batch, and turns the link. Neither ever waits for the other.

The steps of one publication, in the order that a kill at any point asks for:

1. apply the changes in a transaction of the idle twin (a broken constraint stops here);
2. write the change set beside, sync it, rename it: from here on the publication will be completed;
3. commit, checkpoint, close, rename the twin after the publication;
4. turn the link. Readers that come now see the batch; older change sets are removed.

The next run completes what was killed after step 2, and undoes what was killed before. A reader that still holds
the idle twin costs a full copy of the live one; it keeps its own file, unlinked, for as long as it wants.

Measured (tests/benchmarks/publish_cost.py, two cores under a load of 5): a batch of 100 articles that also rewrites
rows of 200 articles from anywhere, applied to both twins, writes 17 MB and takes 0.5 s of processor on a database of
155 MB, 19 MB and 0.9 s on one of 1,037 MB. What grows is the search for the keys of rewritten rows. With keys
as indexes it wrote 445 MB on 700 MB: DuckDB 1.5 writes an index anew at each checkpoint.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from flows import clock
from flows.changes import Changes
from flows.errors import HearsayError
from flows.publish import changeset, lookup
from flows.publish.apply import apply_changes, check
from flows.publish.files import (
    Places,
    copy_durably,
    places_of,
    point,
    remove_twin,
    sequence_of,
    sync,
    write_durably,
)
from flows.publish.lock import held
from flows.publish.migrate import migrate
from flows.publish.seals import is_broken, seal, unseal
from flows.schema import OPS

GRACE: Final = 0.25
"""Seconds after a turn of the link in which a reader that has followed it may not yet hold its twin."""

# A setting of our own makes DuckDB refuse to share a twin with another connection of this process.
_WRITING: Final[dict[str, Any]] = {
    "custom_user_agent": "hearsay-writer",
    "python_enable_replacements": False,
    **lookup.SETTINGS,
}
_READ_TRIES: Final = 5


@contextmanager
def writable(database: Path) -> Iterator[None]:
    """Turn what the disk refuses into H708."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.FatalException) as error:
        raise HearsayError("H708", database=database, detail=str(error).splitlines()[0]) from error


class Store:
    """The database that users know as `database`; see the module's docstring.

    `now` is what the record of migrations tells as its time.
    """

    def __init__(self, database: Path, now: datetime | None = None) -> None:
        self.database = database
        self.places: Places = places_of(database)
        self._now = now

    def exists(self) -> bool:
        """Whether something was published. Raises H702 when the name is taken by something else."""
        return self.places.live() is not None

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-only connection to the live twin.

        Raises H704 when nothing was published yet, H707 when another program has it open for writing.
        """
        connection = self._open_live()
        try:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The one writer.

        Raises H701 while another run has it, H702 when the name is taken by something else, H708 when the folder
        can't be written to, H709 when the link was renamed.
        """
        self.places.live()
        with writable(self.database):
            self.places.folder.mkdir(parents=True, exist_ok=True)
        with held(self.places.lock, self.database):
            writer = Writer(self.places, self._now)
            try:
                yield writer
            finally:
                writer.close()

    def remove(self) -> None:
        """Take the database away, link and all. Raises H701 while a run has it, H702 when it is somebody else's."""
        self.places.live()
        if self.places.folder.exists():
            with held(self.places.lock, self.database):
                self.places.link.unlink(missing_ok=True)
                shutil.rmtree(self.places.folder)

    def _open_live(self) -> duckdb.DuckDBPyConnection:
        problem: duckdb.Error | None = None
        for _ in range(_READ_TRIES):  # the link may turn between the two steps
            live = self.places.live()
            if live is None:
                raise HearsayError("H704", database=self.database)
            try:
                return duckdb.connect(str(live), read_only=True)
            except (duckdb.IOException, duckdb.ConnectionException) as error:
                problem = error
                time.sleep(0.02)
        raise HearsayError("H707", database=self.database, detail=str(problem).splitlines()[0]) from problem


class Writer:
    """What a run holds while it writes; made by `Store.writing`."""

    def __init__(self, places: Places, now: datetime | None) -> None:
        self._places = places
        self._now = now
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._twin: Path | None = None
        self._tidy()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The working twin: all that was published, with this version's schema. Valid until the next `publish`.

        Cursors made from it must be closed before `publish`.
        """
        if self._connection is None:
            with writable(self._places.link):
                self._open()
        assert self._connection is not None
        return self._connection

    @contextmanager
    def staged(self, changes: Changes) -> Iterator[duckdb.DuckDBPyConnection]:
        """The database as it would be with `changes`, for audits to look at; nothing of it stays."""
        check(changes)
        connection = self.connection
        connection.execute("BEGIN")
        try:
            apply_changes(connection, changes)
            yield connection
        finally:
            connection.execute("ROLLBACK")

    def publish(self, changes: Changes) -> None:
        """Publish one batch, whole or not at all.

        Raises what `check` and `apply_changes` do, and H708: then nothing has changed for readers. A publication
        that was decided before it failed is completed when the database is next written to.
        """
        check(changes)
        with writable(self._places.link):
            try:
                self._publish(changes)
            except BaseException:
                self.close()
                raise

    def replace_by(self, other: Store, finish: Callable[[duckdb.DuckDBPyConnection], None] = lambda _: None) -> None:
        """Publish all of another database in place of all that is here, in one step; `other` is gone then.

        `finish` may change the other's rows before, on the connection that it is given.

        Raises what `publish` does; until the link turns, readers see what they saw, and a kill leaves that.
        """
        with writable(self._places.link), other.writing() as theirs:
            self.close()
            live = other.places.live()
            assert live is not None
            number = max([sequence_of(live), sequence_of(self._places.live()), *self._places.pending()]) + 1
            record = pl.DataFrame([[number, "", 0, 0]], schema=OPS["publications"], orient="row")
            theirs.connection.execute("BEGIN")
            finish(theirs.connection)
            apply_changes(theirs.connection, Changes({"ops.publications": record}))
            theirs.connection.execute("COMMIT")
            self._take(theirs, number)
        other.remove()

    def _take(self, other: Writer, number: int) -> None:
        """Make the other's working twin the live one here."""
        other.connection.execute("CHECKPOINT")
        other._let_go()
        assert other._twin is not None
        self._show(other._twin, number)
        other._twin = None
        for pending in self._places.pending():
            self._places.changes(pending).unlink()

    def close(self) -> None:
        """Let go of the working twin; what wasn't published is undone."""
        if self._connection is not None:
            self._let_go()
            if self._twin is not None and self._twin.exists():
                with suppress(OSError):  # without a seal it is taken as it is
                    seal(self._places.seals, self._twin)

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # -- one publication ------------------------------------------------------------------------------------------

    def _publish(self, changes: Changes) -> None:
        connection = self.connection
        sequence = sequence_of(self._places.live()) + 1
        data = changeset.dump(changes)
        self._begin(connection, sequence, changes, changeset.digest(data))
        try:
            write_durably(self._places.changes(sequence), data)
            connection.execute("COMMIT")
        except BaseException:
            self._places.changes(sequence).unlink(missing_ok=True)
            raise
        self._turn(sequence)

    def _begin(self, connection: duckdb.DuckDBPyConnection, sequence: int, changes: Changes, sha256: str) -> None:
        """Apply in a transaction that is left open; rolled back when it fails."""
        connection.execute("BEGIN")
        try:
            apply_changes(connection, changes)
            row = [sequence, sha256, changeset.n_rows(changes.upserts), changeset.n_rows(changes.deletes)]
            # as a frame: for a bound parameter DuckDB imports pandas, which takes a second
            record = pl.DataFrame([row], schema=OPS["publications"], orient="row")
            apply_changes(connection, Changes({"ops.publications": record}))
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def _turn(self, sequence: int) -> None:
        """Close the committed twin and let the link point to it."""
        assert self._twin is not None
        before = sequence_of(self._places.live())
        self.connection.execute("CHECKPOINT")
        self._let_go()
        self._show(self._twin, sequence)
        self._twin = None
        for number in self._places.pending():
            if number <= before:
                self._places.changes(number).unlink()

    def _show(self, twin: Path, number: int) -> None:
        """Name a closed twin after its last publication, and let the link point to it."""
        target = self._places.twin(number)
        twin.rename(target)
        sync(target)
        sync(target.parent)
        seal(self._places.seals, target)
        point(self._places.link, target)

    # -- the working twin -----------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Open the idle twin, bring it up; complete the publication that a kill interrupted, if there is one."""
        while True:
            self._connection = self._connect()
            migrate(self._connection, self._now)
            if not self._caught_up():
                self._replace()
                continue
            if not self._completed():
                return

    def _idle_twin(self) -> Path:
        live = self._places.live()
        idle = [twin for twin in self._places.twins() if twin != live]
        for twin in idle[1:]:
            remove_twin(twin)
        if live is None:
            return idle[0] if idle else self._places.twin(0)
        if idle and not is_broken(self._places.seals, idle[0]):
            return idle[0]
        if idle:
            remove_twin(idle[0])
        # a new name: a reader in this process may still know an unlinked twin by the old one
        twin = self._places.twin(sequence_of(live) - 1, f"-{secrets.token_hex(4)}")
        copy_durably(live, twin)
        return twin

    def _connect(self) -> duckdb.DuckDBPyConnection:
        """Open the idle twin for writing; a copy of the live one when a reader holds it or when it is damaged."""
        self._wait_for_readers()
        self._twin = self._idle_twin()
        unseal(self._places.seals, self._twin)
        try:
            connection = duckdb.connect(str(self._twin), config=_WRITING)
        except duckdb.Error:
            if self._places.live() is None:
                raise
            remove_twin(self._twin)
            self._twin = self._idle_twin()
            connection = duckdb.connect(str(self._twin), config=_WRITING)
        connection.execute("SET TimeZone = 'UTC'")
        return connection

    def _replace(self) -> None:
        """Take the idle twin away: the next one is a copy of the live one."""
        self.close()
        assert self._twin is not None
        remove_twin(self._twin)

    def _wait_for_readers(self) -> None:
        if self._places.link.is_symlink():
            age = clock.now().timestamp() - self._places.link.lstat().st_mtime
            time.sleep(min(max(GRACE - age, 0.0), GRACE))

    def _caught_up(self) -> bool:
        """Bring the twin up to the live one; False when it can't be, or when it holds what nobody decided."""
        live = sequence_of(self._places.live())
        if self._applied() > max([live, *self._places.pending()]):
            return False
        for number in range(self._applied() + 1, live + 1):
            file = self._places.changes(number)
            if not file.is_file():
                return False
            self._replay(number)
        return True

    def _completed(self) -> bool:
        """Complete a publication that was decided (its change set is there) and not made; tell whether one was."""
        sequence = sequence_of(self._places.live()) + 1
        if sequence not in self._places.pending():
            return False
        if self._applied() < sequence:
            try:
                self._replay(sequence)
            except duckdb.IOException:  # no room: it stays decided
                raise
            except (duckdb.Error, HearsayError):  # it never was published, and the run that wanted it will retry
                self._places.changes(sequence).unlink()
                return False
        self._turn(sequence)
        return True

    def _replay(self, number: int) -> None:
        changes, sha256 = changeset.load(self._places.changes(number))
        assert self._connection is not None
        self._begin(self._connection, number, changes, sha256)
        self._connection.execute("COMMIT")

    def _applied(self) -> int:
        assert self._connection is not None
        row = self._connection.execute("SELECT coalesce(max(sequence), 0) FROM ops.publications").fetchone()
        return int(row[0]) if row else 0

    def _tidy(self) -> None:
        """Remove what a kill left half-written, and everything when nothing was ever published."""
        for file in self._places.folder.glob("*.tmp"):
            file.unlink()
        self._places.link.with_name(f".{self._places.link.name}.tmp").unlink(missing_ok=True)
        if self._places.live() is None:
            self._refuse_another_name()
            for twin in self._places.twins():
                remove_twin(twin)
            for number in self._places.pending():
                self._places.changes(number).unlink()
        for wal in self._places.folder.glob("*.wal"):
            if not wal.with_suffix("").exists():
                with suppress(FileNotFoundError):
                    wal.unlink()

    def _refuse_another_name(self) -> None:
        """Raise H709 when a link of another name shows the twins: they are somebody's data."""
        for other in self._places.link.parent.iterdir():
            if other.is_symlink() and (other.parent / other.readlink()).parent == self._places.folder:
                raise HearsayError("H709", folder=self._places.folder, other=other)
