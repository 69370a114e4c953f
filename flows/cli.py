"""The `hearsay` command. Each command's work is imported when it is called: help must come at once."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from flows import __version__
from flows.errors import HearsayError

# Of the errors that are the user's to mend on the command line itself.
_USAGE: Final = ("H1", "H803", "H804", "H807", "H808")
_STOPPED: Final = 130
# What a disk answers through no fault of ours.
_NOT_OURS: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)

app = typer.Typer(
    name="hearsay",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""[b]Start here[/b]

hearsay run                     [dim]# the sample articles, into a database of their own[/dim]

hearsay run articles/           [dim]# your own .txt, .html and .jsonl, also .gz[/dim]

hearsay query                   [dim]# what can be asked[/dim]

hearsay sql "FROM who_said_what LIMIT 10"

[b]Exit codes[/b]  0 done · 1 failed, nothing published · 2 wrong usage · 3 published, but something was set aside""",
)


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"
    md = "md"


Database = Annotated[
    Path | None, typer.Option("--database", "-d", metavar="FILE", help="The database [dim](home's own)[/dim].")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only warnings and errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more: a log of key=value lines.")]
As = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="How rows are written [dim](a table on a terminal, else jsonl)[/dim]."),
]


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"hearsay {__version__}\n")
        raise typer.Exit


@app.callback()
def hearsay(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")] = False,
) -> None:
    """News articles into a database of who did what, who said so, and who reported it."""


@app.command(epilog="hearsay run 'archive/2014-06-*.jsonl.gz' notes.txt --database june.duckdb")
def run(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Files, folders, globs, named sources. None: the sample."),
    ] = None,
    database: Database = None,
    now: Annotated[str | None, typer.Option(metavar="TIME", help="The run's clock, ISO 8601.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what was set aside before.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read articles, find what they say, and publish it. Again with the same input, it does nothing twice."""
    from flows.commands.run import run as work

    raise typer.Exit(work(tuple(sources or ()), database, now, retry, quiet, verbose))


@app.command(
    epilog='echo \'{"id": "1", "text": "The mayor said on Sunday the bridge would close."}\' | hearsay extract'
)
def extract(quiet: Quiet = False) -> None:
    """JSON Lines in, JSON Lines out: what each article says. No database."""
    from flows.commands.run import extract as work

    raise typer.Exit(work(quiet))


@app.command(epilog="hearsay sql \"SELECT speaker, said_on, content FROM who_said_what WHERE content ILIKE '%water%'\"")
def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT. It can change nothing and read no file.")],
    database: Database = None,
    format: As = None,  # noqa: A002
    quiet: Quiet = False,
) -> None:
    """Ask the database in SQL."""
    from flows.commands.ask import sql as work

    raise typer.Exit(work(query, database, format, quiet))


@app.command(epilog="hearsay query who_said_what_about --param topic=bridge")
def query(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="None: list them.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", metavar="KEY=VALUE")] = None,
    database: Database = None,
    format: As = None,  # noqa: A002
    quiet: Quiet = False,
) -> None:
    """Ask one of the questions that come with Hearsay, by name; without a name, list them."""
    from flows.commands.ask import query as work

    raise typer.Exit(work(name, param or [], database, format, quiet))


@app.command(epilog="hearsay serve desk --database desk.duckdb")
def serve(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="Named sources. None: all that have a schedule.")
    ] = None,
    database: Database = None,
    quiet: Quiet = False,
) -> None:
    """Run named sources by their own schedules, until stopped.

    A source is a file NAME.toml in data/sources; its schedule is cron or every_minutes in it.
    """
    from flows.commands.serve import serve as work

    raise typer.Exit(work(tuple(sources or ()), database, quiet))


@app.command(epilog="hearsay export --canonical published/")
def export(
    canonical: Annotated[Path, typer.Option("--canonical", metavar="DIR", help="The folder to write to.")],
    database: Database = None,
    quiet: Quiet = False,
) -> None:
    """Write the published tables as sorted JSON Lines, the same for the same articles wherever they were read."""
    from flows.commands.look import export as work

    raise typer.Exit(work(canonical, database, quiet))


@app.command()
def status(database: Database = None, format: As = None) -> None:  # noqa: A002
    """The last runs, and how fresh each source is."""
    from flows.commands.look import status as work

    raise typer.Exit(work(database, format))


@app.command(epilog="hearsay report --out quality.html")
def report(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to [dim](report.html in home)[/dim].")
    ] = None,
    database: Database = None,
    quiet: Quiet = False,
) -> None:
    """Write the data-quality report: one page that opens offline, on any screen, and prints."""
    from flows.commands.report import report as work

    raise typer.Exit(work(out, database, quiet))


@app.command(epilog='hearsay forget art_0f3a5d1c77e2b9468a10 --why "a court order of 4 May"')
def forget(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="art_… or doc_…: the document, in all its versions.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why it must go: this stays on record.")],
    database: Database = None,
    quiet: Quiet = False,
) -> None:
    """Take a document out of everything: bytes, articles, history, and what hung on it. It is never taken in again."""
    from flows.commands.forget import forget as work

    raise typer.Exit(work(identifier, database, why, quiet))


@app.command(epilog="hearsay rebuild --database archive.duckdb")
def rebuild(database: Database = None, quiet: Quiet = False) -> None:
    """Derive everything again from the bytes that were kept, as after an update, and put it in the database's place.

    Ids stay as they are where the articles tell the same; readers see the database as it was until all is done.
    """
    from flows.commands.rebuild import rebuild as work

    raise typer.Exit(work(database, quiet))


@app.command(epilog="hearsay backfill desk archive/2019.jsonl.gz --since 2019-01-01 --until 2019-06-30")
def backfill(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A named source: what is taken in is its own.")],
    since: Annotated[str, typer.Option(metavar="DAY", help="The first day of publication.")],
    until: Annotated[str, typer.Option(metavar="DAY", help="The last one.")],
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="Where its past lies: files, folders, globs. None: its own folder."),
    ] = None,
    database: Database = None,
    quiet: Quiet = False,
) -> None:
    """Take in a past period of a source, from an archive, beside the schedule.

    Articles of other days, and those that state no day, are left alone. The database is held for a few articles at a
    time, and scheduled runs step in between; when a source was last read, when it last gave something new and what is
    usual for it stay as they are. Stopped or killed, it goes on from there when it is given again.
    """
    from flows.commands.backfill import backfill as work

    raise typer.Exit(work(source, files or [], since, until, database, quiet))


@app.command(epilog="hearsay prune --days 60 --dry-run")
def prune(
    days: Annotated[
        int | None, typer.Option(min=40, help="Keep so many days of the books [dim](the setting keep_days, 90)[/dim].")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go.")] = False,
    database: Database = None,
    format: As = None,  # noqa: A002
    quiet: Quiet = False,
) -> None:
    """Take away what is old, and what killed commands left behind.

    What goes: the books of runs older than so many days (runs, batches, checks; the last run of each source stays),
    unfinished rebuilds, half-written raw files. Each run does the first by itself, and Prefect's own server takes its
    old runs away, with their logs and artifacts. Former states of the database are never more than the one that the
    next run needs; a reader keeps the one that it has open until it closes it.

    What never goes: articles, their history and former values, raw bytes, what is set aside, what people decided.
    """
    from flows.commands.prune import prune as work

    raise typer.Exit(work(database, days, dry_run, format, quiet))


quarantine_app = typer.Typer(
    help="What was set aside instead of published: list it, look at it, try it again, or dismiss it.",
    epilog="hearsay quarantine --code H401",
    invoke_without_command=True,
)
app.add_typer(quarantine_app, name="quarantine")
Code = Annotated[str | None, typer.Option(metavar="CODE", help="Only of this error, as H401.")]
FromSource = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Only of this source.")]
Identifier = Annotated[str, typer.Argument(metavar="ID", help="The beginning of its content hash, as the list has it.")]


@quarantine_app.callback()
def quarantine(
    context: typer.Context,
    database: Database = None,
    code: Code = None,
    source: FromSource = None,
    dismissed: Annotated[bool, typer.Option("--all", help="Show what was dismissed, too.")] = False,
    format: As = None,  # noqa: A002
) -> None:
    """List what was set aside, with stage, reason and id."""
    if context.invoked_subcommand is not None:
        if database or code or source or dismissed or format:
            raise typer.BadParameter(f"write options behind {context.invoked_subcommand}: they are its own")
    else:
        from flows.commands.quarantine import show_all as work

        raise typer.Exit(work(database, code, source, dismissed, format))


@quarantine_app.command("show", epilog="hearsay quarantine show 3f9a0c12be77")
def quarantine_show(identifier: Identifier, database: Database = None, format: As = None) -> None:  # noqa: A002
    """All that is known of one document, and how it begins."""
    from flows.commands.quarantine import show as work

    raise typer.Exit(work(identifier, database, format))


@quarantine_app.command("replay", epilog="hearsay quarantine replay --code H401")
def quarantine_replay(
    identifiers: Annotated[list[str] | None, typer.Argument(metavar="ID", help="None: all that fit.")] = None,
    database: Database = None,
    code: Code = None,
    source: FromSource = None,
    quiet: Quiet = False,
) -> None:
    """Try again, from the bytes that were kept. What passes now is published; nothing else is."""
    from flows.commands.quarantine import replay as work

    raise typer.Exit(work(identifiers or [], database, code, source, quiet))


@quarantine_app.command("dismiss", epilog='hearsay quarantine dismiss 3f9a0c12be77 --why "a cookie notice"')
def quarantine_dismiss(
    identifiers: Annotated[list[str], typer.Argument(metavar="ID")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why it is rightly set aside.")],
    database: Database = None,
    quiet: Quiet = False,
) -> None:
    """Leave it aside for good, on record: it is listed no more, and no run warns of it."""
    from flows.commands.quarantine import dismiss as work

    raise typer.Exit(work(identifiers, database, why, quiet))


judge_app = typer.Typer(
    help="Overrule what was found, on record: who is who, an article's day, a claim's speaker.\n\n"
    "The judgements are lines of a file, data/judgements.tsv if no setting names another. It is the truth: a line that "
    "is there holds for every run and for a rebuild, a line that is taken out holds no more. Edit it, or let these "
    "commands do it, which also bring the database in line at once.",
    epilog="hearsay judge",
    invoke_without_command=True,
)
app.add_typer(judge_app, name="judge")
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason: it stays on record.")]
Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides [dim](your login)[/dim].")]
Party = Annotated[str, typer.Argument(help="A name, or an id: act_…, men_…, or clm_… for a claim's speaker.")]
Day = Annotated[str, typer.Argument(metavar="DAY", help="As 2014-06-22.")]
ArticleId = Annotated[str, typer.Argument(metavar="ARTICLE", help="art_…")]


@judge_app.callback()
def judge(context: typer.Context, database: Database = None, format: As = None) -> None:  # noqa: A002
    """List all judgements, and whether the database is in line with them."""
    if context.invoked_subcommand is not None:
        if database or format:
            raise typer.BadParameter(f"write options behind {context.invoked_subcommand}: they are its own")
    else:
        from flows.commands.judge import show_all as work

        raise typer.Exit(work(database, format))


@judge_app.command("same", epilog='hearsay judge same "Ada Brandl" "Ada Brandl-Teso" --why "her married name"')
def judge_same(
    left: Party, right: Party, why: Why, who: Who = None, database: Database = None, quiet: Quiet = False
) -> None:
    """Two are one actor. A name stands for all who are called so."""
    from flows.commands.judge import judge as work

    raise typer.Exit(work("actor", "same", left, right, database, why, who, quiet))


@judge_app.command("different", epilog='hearsay judge different men_0f3a5d1c77e2b9468a10 "Jan Odell" --why "the son"')
def judge_different(
    left: Party, right: Party, why: Why, who: Who = None, database: Database = None, quiet: Quiet = False
) -> None:
    """The first is not the second: it leaves the second's actor, with all of its own stories."""
    from flows.commands.judge import judge as work

    raise typer.Exit(work("actor", "different", left, right, database, why, who, quiet))


@judge_app.command("published-on", epilog='hearsay judge published-on art_… 2014-06-22 --why "the printed page"')
def judge_published_on(
    article: ArticleId, day: Day, why: Why, who: Who = None, database: Database = None, quiet: Quiet = False
) -> None:
    """The day of an article's publication; all that is counted from it is read anew."""
    from flows.commands.judge import judge as work

    raise typer.Exit(work("published_on", "same", article, day, database, why, who, quiet))


@judge_app.command(
    "reference-on", epilog='hearsay judge reference-on art_… 2014-06-21 --why "written the evening before"'
)
def judge_reference_on(
    article: ArticleId, day: Day, why: Why, who: Who = None, database: Database = None, quiet: Quiet = False
) -> None:
    """The day that an article calls today; all that is counted from it is read anew."""
    from flows.commands.judge import judge as work

    raise typer.Exit(work("reference_on", "same", article, day, database, why, who, quiet))


@judge_app.command("speaker", epilog='hearsay judge speaker clm_… "Ada Brandl" --why "she answers the question"')
def judge_speaker(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="clm_…")],
    speaker: Annotated[str, typer.Argument(help="A name or men_… of the same article; - for nobody.")],
    why: Why,
    who: Who = None,
    database: Database = None,
    quiet: Quiet = False,
) -> None:
    """Who says a claim."""
    from flows.commands.judge import judge as work

    raise typer.Exit(work("speaker", "same", claim, speaker, database, why, who, quiet))


@judge_app.command("undo", epilog="hearsay judge undo jud_0f3a5d1c77e2b9468a10")
def judge_undo(
    identifiers: Annotated[list[str], typer.Argument(metavar="ID", help="jud_…, as the list has it.")],
    database: Database = None,
    quiet: Quiet = False,
) -> None:
    """Take judgements back: all is again as it would be without them."""
    from flows.commands.judge import undo as work

    raise typer.Exit(work(identifiers, database, quiet))


@app.command(epilog="hearsay explain clm_0f3a5d1c77e2b9468a10")
def explain(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The id of any published row.")],
    database: Database = None,
    format: As = None,  # noqa: A002
) -> None:
    """Where one fact comes from: its row, its article, its words in their place.

    Of a claim also «content», ‹cue› and [source] in the text, its chain, and what made it a claim.
    """
    from flows.commands.look import explain as work

    raise typer.Exit(work(identifier, database, format))


@app.command(epilog="hearsay doctor --stop-server")
def doctor(
    database: Database = None,
    stop_server: Annotated[bool, typer.Option("--stop-server", help="Stop our Prefect server first.")] = False,
) -> None:
    """What is wrong with this installation, and the command that mends it."""
    from flows.commands.doctor import doctor as work

    raise typer.Exit(work(database, stop_server))


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command; ends the process with DESIGN.md's exit codes, and 130 when interrupted."""
    from flows.console import warn

    try:
        app(args=None if arguments is None else list(arguments), prog_name="hearsay")
    except HearsayError as error:
        warn(f"hearsay: {error}")
        sys.exit(2 if error.code.startswith(_USAGE) else 1)
    except OSError as error:
        if error.errno not in _NOT_OURS:
            raise
        where = error.filename or "while writing"
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        told = HearsayError("H901", where=where) if full else HearsayError("H902", where=where, detail=error.strerror)
        warn(f"hearsay: {told}")
        sys.exit(1)
    except SystemExit as stop:
        if stop.code == _STOPPED:
            _say_stopped()
        raise
    except RuntimeError as error:
        # DuckDB's way to tell of Ctrl-C
        if str(error) != "Query interrupted":
            raise
        _say_stopped()
        sys.exit(_STOPPED)
    sys.exit(0)


def _say_stopped() -> None:
    from flows.console import warn

    warn("hearsay: stopped. What was published stays; running again goes on from there.")


if __name__ == "__main__":
    main()
