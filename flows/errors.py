"""Every error of Hearsay: what happened, where, the likely cause, and what to do next.

Numbers: H1xx usage and settings, H2xx ingest, H3xx clean, H4xx extract, H5xx resolve, H6xx validate,
H7xx publish and database, H8xx asking, H9xx orchestration.
"""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "H101": "no such file or folder: {path}. Check the spelling; a glob needs quotes and at least one match",
    "H102": "nothing to read under {path}: it holds no .txt, .html, .jsonl file (gzipped or not)",
    "H103": "unknown setting {key} in {where}: the nearest is {nearest}; README lists all settings",
    "H104": "setting {key} in {where}: {detail}",
    "H105": "{path} is not valid: {detail}",
    "H106": "--now {value} is no time: write 2014-06-23 or 2014-06-23T09:30:00+00:00",
    "H107": "source {name} in {path}: {detail}",
    "H108": "can't tell what {path} is: Hearsay reads .txt, .html and .jsonl, each also as .gz",
    "H109": "{option}: {detail}",
    "H110": "the sample is not part of an installed package: name your own files or folders (hearsay run articles/)",
    "H111": "no source {name} in {folder}; there are: {known}",
    "H112": "{what} no schedule: write cron or every_minutes into its .toml in {folder}",
    "H114": "nobody is called {name} here: the nearest name is {nearest}. `hearsay query` finds ids, which do as well",
    "H115": "{path}, line {number}: {detail}. `hearsay judge --help` tells what a judgement holds",
    "H201": "not UTF-8 at byte {offset}: save the file as UTF-8, or convert it (iconv -f ORIGINAL -t utf-8)",
    "H202": "nothing in it but white space",
    "H203": "binary, not text (a NUL byte at {offset})",
    "H204": "larger than the limit of {limit} bytes ({size}); raise max_document_bytes if it is an article",
    "H205": "broken JSON: {detail}",
    "H206": "field {field}: {detail}",
    "H207": "text that is not valid Unicode ({detail} at character {offset})",
    "H208": "broken gzip: {detail}",
    "H209": "can't be read: {detail}",
    "H210": "the stored bytes of {content_hash} don't match their hash: restore the file, or run the source again",
    "H301": "no article found in the page: the library found no main text",
    "H302": "no article left: every segment was dropped as page junk",
    "H303": "{lines} lines, more than the limit of {limit}: no article is so long. Split the file into its articles",
    "H401": "extraction failed: {detail}",
    "H402": "the language model {model} can't be loaded ({detail}): set `model` to an installed package or a folder",
    "H601": "audit {audit} failed for {table}: {detail}",
    "H701": "another run holds {database} (process {pid} since {since}): wait for it, or stop it",
    "H702": "{database} is not a Hearsay database: name another file, or move it away",
    "H703": "migration {number} failed and was rolled back: {detail}",
    "H704": "no database at {database} yet: `hearsay run` makes it",
    "H705": "rows for {table} share a key: {keys}. This is a fault of Hearsay's: please report it",
    "H706": "rows for {table} are not in the declared schema: {detail}. This is a fault of Hearsay's: please report it",
    "H707": "{database} can't be read: {detail}. If a shell has it open, let it open it with `duckdb -readonly`",
    "H708": "can't write {database}: {detail}. Make room or choose another folder; what was published is as it was",
    "H709": "{folder} belongs to {other}, which was renamed: name it back, or move both away",
    "H710": "not rebuilt: the bytes of {n} published documents are gone or altered. Restore {folder} and try again",
    "H801": "this query is not allowed here: {detail}",
    "H802": "the query failed: {detail}",
    "H803": "no named query {name}: the nearest is {nearest}; `hearsay query` lists them all",
    "H804": "parameter {name}: {detail}",
    "H805": "stopped after {seconds} seconds: narrow the query, or raise query_seconds",
    "H806": "stopped because it wanted more than {megabytes} MB: narrow the query, or raise query_memory_mb",
    "H807": "nothing has the id {id}: ids look like clm_…, art_… or act_…, and `hearsay query` finds them",
    "H808": "{id} is the id of {n} documents in quarantine: `hearsay quarantine` shows them all, with their ids",
    "H809": "the query failed: {detail}. {database} is of an earlier version: `hearsay run` brings it up to date",
    "H901": "no room left on the disk ({where}): make some, and run again; what was published stays",
    "H902": "{where}: {detail}. Set HEARSAY_HOME or --database to where you may write",
    "H903": "the schedule needs Prefect, and prefect is off: set it to auto, or to a server's URL",
    "H904": "the schedule needs Prefect's server: {detail}",
    "H905": "another `hearsay serve` works in {home} (process {pid}): stop it, or name another HEARSAY_HOME",
    "H906": "another backfill goes on in {home}: wait for its end",
}


class HearsayError(Exception):
    """An error with a number from MESSAGES; `values` are the facts that its text names."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(f"{code}: {self.reason}")

    @property
    def reason(self) -> str:
        return MESSAGES[self.code].format_map(self.values)
