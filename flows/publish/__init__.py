"""Publishing: a batch's changes reach the database that analysts read, in one step or not at all.

with Store(Path("hearsay.duckdb")).writing() as writer:
    rows = writer.connection.sql("SELECT …").pl()   # what is published already
    with writer.staged(changes) as connection: …    # as it would be: for audits
    writer.publish(changes)
"""

from flows.publish.store import Store, Writer

__all__ = ["Store", "Writer"]
