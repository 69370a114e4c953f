"""What readers and runs notice of publishing: whole batches, no waiting, nothing lost after a kill."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import duckdb
import polars as pl
import pytest

from flows.changes import Changes
from flows.errors import HearsayError
from flows.publish import Store, store
from flows.publish.files import Places
from flows.schema import TABLES, schema_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
import test_store
{body}
"""


@pytest.fixture(autouse=True)
def no_grace(monkeypatch):
    monkeypatch.setattr(store, "GRACE", 0.0)


@pytest.fixture
def database(tmp_path):
    return tmp_path / "hearsay.duckdb"


def stories(*ids: str, headline: str = "Bridge reopens") -> Changes:
    rows = [{"story_id": name, "headline": headline, "n_articles": 1, "n_outlets": 1} for name in ids]
    return Changes({"main.stories": pl.DataFrame(rows, schema=TABLES["stories"])})


def publish(database: Path, *batches: Changes) -> None:
    with Store(database, NOW).writing() as writer:
        for batch in batches:
            writer.publish(batch)


def published(database: Path) -> list[str]:
    """Read as any user does: plain duckdb on the link."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return [row[0] for row in connection.execute("SELECT story_id FROM stories ORDER BY 1").fetchall()]


def elsewhere(body: str, database: Path) -> subprocess.Popen:
    """Run a program of its own on the database; it says "ready" when it has done what it should."""
    program = PROGRAM.format(body=body)
    here = str(Path(__file__).parent)
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(database), here], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().strip() == "ready"
    return process


READER = """
import duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print("ready", flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM stories").fetchone()[0], flush=True)
"""
WRITER = """
from flows.publish import Store
with Store(Path(sys.argv[1])).writing() as writer:
    writer.connection
    print("ready", flush=True)
    sys.stdin.readline()
"""


def test_nothing_there_before_the_first_publication(database):
    assert not Store(database).exists()
    with pytest.raises(HearsayError, match="H704"), Store(database).reading():
        pass
    with Store(database).writing():
        pass
    assert not database.exists()


def test_each_batch_is_published_and_both_twins_catch_up(database):
    for number in range(5):
        publish(database, stories(f"sto_{number}"))
        assert published(database) == [f"sto_{n}" for n in range(number + 1)]
    assert Store(database).exists()


def test_several_batches_in_one_run(database):
    publish(database, stories("sto_1"), stories("sto_2"), stories("sto_3"))
    publish(database, stories("sto_4"), stories("sto_2", headline="Bridge closes"))
    assert published(database) == ["sto_1", "sto_2", "sto_3", "sto_4"]
    with Store(database).reading() as connection:
        headline = "SELECT headline FROM stories WHERE story_id = 'sto_2'"
        assert connection.execute(headline).fetchall() == [("Bridge closes",)]


def test_a_run_sees_what_it_has_published(database):
    with Store(database).writing() as writer:
        writer.publish(stories("sto_1"))
        assert writer.connection.execute("SELECT story_id FROM stories").fetchall() == [("sto_1",)]


def test_deletes_by_any_column(database):
    publish(database, stories("sto_1", "sto_2", "sto_3"))
    gone = pl.DataFrame({"story_id": ["sto_1"]})
    publish(database, Changes({}, {"main.stories": gone}))
    assert published(database) == ["sto_2", "sto_3"]
    publish(database, Changes({}, {"main.stories": pl.DataFrame({"n_articles": [1]}, schema={"n_articles": pl.Int32})}))
    assert published(database) == []


def test_the_same_changes_twice_are_the_same_as_once(database):
    publish(database, stories("sto_1", "sto_2"), stories("sto_1", "sto_2"))
    assert published(database) == ["sto_1", "sto_2"]


def test_lists_and_replaced_rows_keep_their_types(database):
    article = {
        "article_id": "art_1", "document_id": "doc_1", "authors": ["A. Writer", "B. Writer"], "published_basis": "none",
        "text": "Rain fell.", "content_hash": "0", "pipeline_version": "1", "first_seen_at": NOW, "run_id": "run_1",
    }  # fmt: skip
    for authors in (["A. Writer", "B. Writer"], ["C. Writer"], None):
        frame = pl.DataFrame([{**article, "authors": authors}], schema=TABLES["articles"])
        publish(database, Changes({"main.articles": frame}))
        with Store(database).reading() as connection:
            assert connection.execute("SELECT authors, first_seen_at FROM articles").fetchall() == [(authors, NOW)]


def test_rows_of_an_article_known_only_from_its_past_are_replaced(database):
    entity = {"entity_id": "ent_1", "article_id": "art_1", "ordinal": 0, "name": "Ada", "kind": "person"}
    version = {"article_id": "art_1", "document_id": "doc_1", "content_hash": "0", "is_live": False}
    frames = {
        "work.entities": pl.DataFrame([entity], schema=schema_of("work.entities")),
        "work.versions": pl.DataFrame([version], schema=schema_of("work.versions")),
    }
    article = {
        "article_id": "art_1", "document_id": "doc_1", "published_basis": "none", "text": "Rain fell.",
        "content_hash": "0", "pipeline_version": "1", "first_seen_at": NOW, "run_id": "run_1",
    }  # fmt: skip
    publish(database, Changes(frames))
    back = {**frames, "main.articles": pl.DataFrame([article], schema=TABLES["articles"])}
    publish(database, Changes(back), Changes(back))
    with Store(database).reading() as connection:
        assert connection.execute("SELECT count(*) FROM work.entities").fetchall() == [(1,)]


def test_afterwards_the_file_is_checkpointed_and_free(database):
    publish(database, stories("sto_1"))
    assert not list(database.parent.rglob("*.wal"))
    assert not list(database.parent.rglob("*.tmp"))
    with duckdb.connect(str(database)) as connection:  # not even read-only: nobody else has it
        assert connection.execute("SELECT count(*) FROM stories").fetchall() == [(1,)]


def test_ids_are_stored_as_they_are_for_they_are_looked_through(database):
    publish(database, stories(*(f"sto_{number * 7919 % 100_003:020x}" for number in range(9_000))))
    with duckdb.connect(str(database), read_only=True) as connection:
        sql = "SELECT DISTINCT compression FROM pragma_storage_info('stories') WHERE column_name = 'story_id'"
        kinds = {kind for (kind,) in connection.execute(f"{sql} AND segment_type = 'VARCHAR'").fetchall()}
    assert kinds == {"Uncompressed"}


def test_a_reader_blocks_no_run_and_keeps_what_it_reads(database):
    publish(database, stories("sto_1"))
    reader = elsewhere(READER, database)
    for number in range(2, 6):
        publish(database, stories(f"sto_{number}"))
    assert published(database) == ["sto_1", "sto_2", "sto_3", "sto_4", "sto_5"]
    seen, _ = reader.communicate("\n", timeout=20)
    assert seen.strip() == "1"
    assert len(Places(database).twins()) == 2


def test_a_reader_in_the_same_process_blocks_no_run(database):
    publish(database, stories("sto_1"))
    with duckdb.connect(str(database), read_only=True) as careless, Store(database).reading() as reader:
        publish(database, stories("sto_2"), stories("sto_3"), stories("sto_4"))
        assert careless.execute("SELECT count(*) FROM stories").fetchall() == [(1,)]
        assert reader.execute("SELECT count(*) FROM stories").fetchall() == [(1,)]


def test_a_shell_that_has_it_open_for_writing_is_told_to_others(database):
    publish(database, stories("sto_1"))
    shell = elsewhere(READER.replace(", read_only=True", ""), database)
    publish(database, stories("sto_2"))
    assert published(database) == ["sto_1", "sto_2"]
    second = elsewhere(READER.replace(", read_only=True", ""), database)
    with pytest.raises(HearsayError, match=r"H707.*readonly"), Store(database).reading():
        pass
    shell.communicate("\n", timeout=20)
    second.communicate("\n", timeout=20)


def test_a_second_run_declines_and_names_the_first(database):
    first = elsewhere(WRITER, database)
    with pytest.raises(HearsayError, match=f"H701.*process {first.pid}"), Store(database).writing():
        pass
    first.communicate("\n", timeout=20)
    with Store(database).writing(), pytest.raises(HearsayError, match="H701"), Store(database).writing():
        pass


def test_a_killed_run_leaves_no_lock(database):
    first = elsewhere(WRITER, database)
    first.send_signal(signal.SIGKILL)
    first.wait()
    publish(database, stories("sto_1"))
    assert published(database) == ["sto_1"]


def test_a_file_of_somebody_else_is_left_alone(database):
    database.write_text("my notes")
    with pytest.raises(HearsayError, match="H702"), Store(database).writing():
        pass
    assert database.read_text() == "my notes"


def test_a_link_of_the_users_own_is_followed(database, tmp_path):
    publish(database, stories("sto_1"))
    other = tmp_path / "elsewhere" / "mine.duckdb"
    other.parent.mkdir()
    other.symlink_to(database)
    publish(other, stories("sto_2"))
    assert published(database) == published(other) == ["sto_1", "sto_2"]
    assert other.readlink() == database


def test_a_batch_that_breaks_a_constraint_leaves_everything_as_it_was(database):
    publish(database, stories("sto_1"))
    broken = stories("sto_2").upserts["main.stories"].with_columns(headline=pl.lit(None, pl.String))
    with Store(database).writing() as writer:
        with pytest.raises(duckdb.ConstraintException):
            writer.publish(Changes({"main.stories": broken}))
        writer.publish(stories("sto_3"))
    assert published(database) == ["sto_1", "sto_3"]


def test_a_key_that_stands_twice_in_a_batch_is_refused(database):
    with Store(database).writing() as writer, pytest.raises(HearsayError, match=r"H705.*main\.stories.*sto_1"):
        writer.publish(stories("sto_1", "sto_1"))


def test_a_frame_in_another_schema_is_refused(database):
    frame = stories("sto_1").upserts["main.stories"].rename({"headline": "title"})
    with Store(database).writing() as writer, pytest.raises(HearsayError, match=r"H706.*headline"):
        writer.publish(Changes({"main.stories": frame}))


def test_staged_rows_can_be_audited_and_leave_nothing(database):
    publish(database, stories("sto_1"))
    with Store(database).writing() as writer:
        with writer.staged(stories("sto_2")) as connection:
            assert connection.execute("SELECT count(*) FROM stories").fetchall() == [(2,)]
        writer.publish(stories("sto_3"))
    assert published(database) == ["sto_1", "sto_3"]


def test_what_a_shell_writes_into_a_twin_does_not_come_and_go(database):
    publish(database, stories("sto_1"), stories("sto_2"))
    with duckdb.connect(str(database)) as shell:
        shell.execute("CREATE TABLE notes AS SELECT 1 AS a")
        shell.execute("DELETE FROM stories WHERE story_id = 'sto_1'")
    for number in range(3, 6):
        publish(database, stories(f"sto_{number}"))
        assert published(database) == [f"sto_{n}" for n in range(1, number + 1)]
        with Store(database).reading() as connection:
            assert ("notes",) not in connection.execute("SHOW TABLES").fetchall()


def test_a_twin_that_nobody_touched_is_not_copied(database, monkeypatch):
    publish(database, stories("sto_1"), stories("sto_2"))
    monkeypatch.setattr(store, "copy_durably", Mock(side_effect=AssertionError("a full copy")))
    publish(database, stories("sto_3"), stories("sto_4"))
    with Store(database).writing() as writer:
        assert writer.connection
    publish(database, stories("sto_5"))


def test_a_damaged_idle_twin_is_made_anew(database):
    publish(database, stories("sto_1"), stories("sto_2"))
    idle = Places(database).twins()[-1]
    idle.write_bytes(b"rubbish" * 5000)
    publish(database, stories("sto_3"))
    assert published(database) == ["sto_1", "sto_2", "sto_3"]


def test_a_missing_change_set_costs_a_copy_and_no_row(database):
    publish(database, stories("sto_1"), stories("sto_2"))
    places = Places(database)
    for number in places.pending():
        places.changes(number).unlink()
    publish(database, stories("sto_3"))
    assert published(database) == ["sto_1", "sto_2", "sto_3"]


def test_a_renamed_database_is_not_thrown_away(database):
    publish(database, stories("sto_1"))
    other = database.rename(database.with_name("mine.duckdb"))
    with pytest.raises(HearsayError, match=r"H709.*mine\.duckdb"), Store(database).writing():
        pass
    assert published(other) == ["sto_1"]


def test_a_folder_that_cannot_be_written_to(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HearsayError, match="H708"), Store(tmp_path / "file" / "hearsay.duckdb").writing():
        pass


FULL = """
import resource
from flows.errors import HearsayError
from flows.publish import Store
resource.setrlimit(resource.RLIMIT_FSIZE, (7_000_000, 7_000_000))
large = test_store.stories(*(f"sto_{n}" for n in range(200_000)))
try:
    with Store(Path(sys.argv[1])).writing() as writer:
        writer.publish(large)
except HearsayError as error:
    print("ready" if error.code == "H708" else error, flush=True)
"""


def test_a_full_disk_leaves_what_was_published(database):
    publish(database, stories("sto_1"), stories("sto_2"))
    elsewhere(FULL, database).wait()
    assert published(database) == ["sto_1", "sto_2"]
    publish(database, stories("sto_3"))  # with room again; what was decided before the disk was full is completed
    assert published(database)[-1] == "sto_99999"
    assert {"sto_1", "sto_2", "sto_3"} <= set(published(database))


def test_an_interrupted_turn_is_completed_by_the_next_run(database, monkeypatch):
    publish(database, stories("sto_1"))
    with Store(database).writing() as writer:
        with monkeypatch.context() as patch:
            patch.setattr(store, "point", Mock(side_effect=KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                writer.publish(stories("sto_2"))
        assert published(database) == ["sto_1"]
        writer.publish(stories("sto_3"))
    assert published(database) == ["sto_1", "sto_2", "sto_3"]
