"""`hearsay judge`: what people decide holds whatever comes when, is told, survives a rebuild, and can be taken back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asking import ask, exported

from flows import judgements
from flows.commands.doctor import doctor
from flows.commands.judge import judge, show_all, undo
from flows.commands.look import explain, status
from flows.commands.rebuild import rebuild
from flows.commands.run import run
from flows.errors import HearsayError
from flows.resolve.judged import Ruling, apply

pytestmark = pytest.mark.model

TEXTS = {
    "a": "LUND, May 4 — The mayor, Ada Brandl, said on Monday the bridge at Lund would close. “It is old,” she said.",
    "b": "TESO, May 5 — Adela Kostrel said the bridge at Lund had closed. Dockers went on strike on Tuesday.",
    "c": "MAROVIA CITY — The painter Ada Brandl said her show in Marovia would open in June. She sold ten pictures.",
    "d": "The ferry to Teso sank on Sunday. “We lost all,” said Jan Odell. The captain, Ivo Lund, was not on board.",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEARSAY_PREFECT", "off")
    monkeypatch.setenv("HEARSAY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HEARSAY_JUDGEMENTS", str(tmp_path / "judgements.tsv"))
    return tmp_path


def read(home: Path, names: str, database: Path) -> int:
    path = home / f"{names}.jsonl"
    lines = [json.dumps({"id": name, "text": TEXTS[name], "seen_at": "2026-05-06"}) for name in names]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return run((str(path),), database, "2026-05-07", False, True, False)


def decide(database: Path, layer: str, verdict: str, left: str, right: str) -> int:
    return judge(layer, verdict, left, right, database, "the parish register", "desk", quiet=True)


def bearers(database: Path, like: str) -> dict[str, set[str]]:
    """The actors that have such a name, with the texts that mention each."""
    rows = ask(
        database,
        "SELECT actor_id, external_id FROM actor_names JOIN mentions USING (actor_id) JOIN articles USING (article_id) "
        f"WHERE name LIKE '{like}'",
    )
    return {actor: {text for one, text in rows if one == actor} for actor, _ in rows}


def article(database: Path, name: str) -> str:
    return str(ask(database, f"SELECT article_id FROM articles WHERE external_id = '{name}'")[0][0])


def told(database: Path, identifier: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    explain(identifier, database, "jsonl")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [row["value"] for row in rows if row["part"] == "judged"]


def test_two_names_become_one_actor_and_two_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = home / "x.duckdb"
    read(home, "abd", database)
    before = exported(database, home / "before")
    assert sorted(map(sorted, bearers(database, "Ad%").values())) == [["a"], ["b"]]

    assert decide(database, "actor", "same", "Ada Brandl", "Adela Kostrel") == 0

    assert list(bearers(database, "Ad%").values()) == [{"a", "b"}]
    ((actor, basis),) = ask(database, "SELECT actor_id, basis FROM actor_names WHERE name = 'Adela Kostrel'")
    assert basis == "judgement"
    assert told(database, actor, capsys) == ["same · Ada Brandl · Adela Kostrel · desk · the parish register"]
    ((identifier,),) = ask(database, "SELECT judgement_id FROM ops.judgements")

    assert undo([identifier], database, quiet=True) == 0

    assert exported(database, home / "after") == before
    assert ask(database, "FROM ops.judgements") == []


def test_two_of_one_name_become_two_actors(home: Path) -> None:
    database = home / "x.duckdb"
    read(home, "ac", database)
    assert list(bearers(database, "Ad%").values()) == [{"a", "c"}]
    ((painter,),) = ask(
        database,
        f"SELECT mention_id FROM mentions WHERE text = 'Ada Brandl' AND article_id = '{article(database, 'c')}'",
    )
    assert decide(database, "actor", "different", painter, "Ada Brandl") == 0
    assert sorted(map(sorted, bearers(database, "Ad%").values())) == [["a"], ["c"]]


def test_the_same_whether_the_judgement_or_the_articles_came_first(home: Path) -> None:
    late, early, rebuilt = home / "late.duckdb", home / "early.duckdb", home / "late.duckdb"
    read(home, "abcd", late)
    claim = ask(late, "SELECT claim_id FROM claims WHERE content LIKE '%lost all%'")[0][0]
    decide(late, "actor", "same", "Ada Brandl", "Adela Kostrel")
    decide(late, "published_on", "same", article(late, "d"), "2026-05-05")
    decide(late, "speaker", "same", claim, "Ivo Lund")
    first = exported(late, home / "1")
    for name in "dbac":
        read(home, name, early)
    assert exported(early, home / "2") == first
    assert rebuild(rebuilt, quiet=True) == 0
    assert exported(rebuilt, home / "3") == first


def test_the_day_of_an_article_moves_what_is_counted_from_it(home: Path) -> None:
    database = home / "x.duckdb"
    read(home, "d", database)
    before = exported(database, home / "before")
    days = "SELECT published_on::VARCHAR, reference_on::VARCHAR, starts_on::VARCHAR FROM articles, dates"
    assert ask(database, days) == [(None, None, None)]

    decide(database, "published_on", "same", article(database, "d"), "2026-05-05")

    assert ask(database, days) == [("2026-05-05", "2026-05-05", "2026-05-03")]
    assert ask(database, "SELECT basis FROM published_evidence WHERE rank = 1") == [("judgement",)]
    assert ("published_on", None, "a judgement") in ask(
        database, "SELECT column_name, former_value, because FROM ops.revisions"
    )

    decide(database, "reference_on", "same", article(database, "d"), "2026-05-11")

    assert ask(database, days) == [("2026-05-05", "2026-05-11", "2026-05-10")]
    undo([row[0] for row in ask(database, "SELECT judgement_id FROM ops.judgements")], database, quiet=True)
    assert exported(database, home / "after") == before


def test_another_speaker_stands_in_the_claim_and_its_chain(home: Path) -> None:
    database = home / "x.duckdb"
    read(home, "d", database)
    claim = ask(database, "SELECT claim_id FROM claims WHERE content LIKE '%lost all%'")[0][0]

    decide(database, "speaker", "same", claim, "Ivo Lund")

    who = "SELECT speaker_text, a.name FROM claims JOIN actors AS a ON actor_id = speaker_id WHERE claim_id = "
    assert ask(database, f"{who}'{claim}'") == [("Ivo Lund", "Ivo Lund")]
    hop = ask(database, f"SELECT name, text, derivation FROM attributions WHERE claim_id = '{claim}' AND hop = 0")
    assert hop == [("Ivo Lund", "Ivo Lund", "judgement")]

    decide(database, "speaker", "same", claim, "-")

    assert ask(database, f"SELECT speaker_kind, speaker_id FROM claims WHERE claim_id = '{claim}'") == [("none", None)]
    assert len(judgements.load(home / "judgements.tsv") or ()) == 1  # a claim has one judgement: the last


def test_a_judged_day_makes_no_version_newer(home: Path) -> None:
    database = home / "x.duckdb"
    read(home, "d", database)
    decide(database, "published_on", "same", article(database, "d"), "2026-05-05")
    path = home / "d.jsonl"
    path.write_text(json.dumps({"id": "d", "text": TEXTS["d"] + " It was cold.", "seen_at": "2026-05-08"}) + "\n")
    run((str(path),), database, "2026-05-09", False, True, False)
    assert [text.endswith("It was cold.") for (text,) in ask(database, "SELECT text FROM articles")] == [True]
    assert ask(database, "SELECT published_on::VARCHAR FROM history.articles") == [("2026-05-05",)]


def test_of_a_judgement_on_an_older_version_it_is_told_what_stands_there_now(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, path = home / "x.duckdb", home / "d.jsonl"
    read(home, "d", database)
    claim_id = "SELECT claim_id FROM claims WHERE content LIKE '%lost all%'"
    decide(database, "reference_on", "same", article(database, "d"), "2026-05-05")
    decide(database, "speaker", "same", str(ask(database, claim_id)[0][0]), "Ivo Lund")
    for more, claim in ((" It was cold.", claim_id), (" Then it rained.", None)):
        text = TEXTS["d"] + more if claim else "The ferry to Teso sank on Sunday." + more
        path.write_text(
            json.dumps({"id": "d", "text": text, "seen_at": "2026-05-08" if claim else "2026-05-09"}) + "\n"
        )
        run((str(path),), database, "2026-05-10", False, True, False)
        capsys.readouterr()
        show_all(database, "jsonl")
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert {row["state"] for row in rows} == {"is of an older version"}
        now = {row["layer"]: row["now"] for row in rows}
        assert now == {"reference_on": article(database, "d"), "speaker": ask(database, claim)[0][0] if claim else None}
        status(database, "jsonl")
        assert "judgements that hold for an older version only: 2" in capsys.readouterr().err


def test_a_judgement_on_lost_bytes_waits(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = home / "x.duckdb"
    read(home, "d", database)
    kept, away = home / "home" / "raw", home / "away"
    kept.rename(away)
    (home / "d.jsonl").unlink()
    decide(database, "published_on", "same", article(database, "d"), "2026-05-05")
    assert "waits: " in capsys.readouterr().err
    assert ask(database, "SELECT published_on FROM articles") == [(None,)]
    away.rename(kept)
    read(home, "a", database)
    day = "SELECT published_on::VARCHAR FROM articles WHERE external_id = 'd'"
    assert ask(database, day) == [("2026-05-05",)]


def test_a_file_without_its_columns_is_refused_and_an_empty_one_filled(home: Path) -> None:
    database, file = home / "x.duckdb", home / "judgements.tsv"
    read(home, "ab", database)
    file.write_text("actor\tsame\tAda Brandl\tAdela Kostrel\tdesk\twhy\n", encoding="utf-8")
    with pytest.raises(HearsayError, match=r"H105.*must name the columns"):
        read(home, "d", database)
    file.write_text("# ours\n", encoding="utf-8")
    decide(database, "actor", "same", "Ada Brandl", "Adela Kostrel")
    assert file.read_text(encoding="utf-8").splitlines()[0] == "# ours"
    assert list(bearers(database, "Ad%").values()) == [{"a", "b"}]


def test_a_place_is_nobody(home: Path) -> None:
    database = home / "x.duckdb"
    read(home, "a", database)
    ((place,), *_) = ask(database, "SELECT mention_id FROM mentions WHERE kind = 'place' ORDER BY start_char")
    with pytest.raises(HearsayError, match="that is a place"):
        decide(database, "actor", "same", place, "Ada Brandl")


def test_a_line_that_an_editor_adds_holds_from_the_next_run_on(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database, file = home / "x.duckdb", home / "judgements.tsv"
    read(home, "ab", database)
    file.write_text("# ours\nlayer\tverdict\tleft\tright\twho\tbecause\n", encoding="utf-8")
    with file.open("a", encoding="utf-8") as lines:
        lines.write("actor\tsame\tAda Brandl\tAdela Kostrel\tdesk\tone person\n")
    capsys.readouterr()
    show_all(database, "jsonl")
    assert json.loads(capsys.readouterr().out)["state"] == "waits"

    read(home, "d", database)

    assert list(bearers(database, "Ad%").values()) == [{"a", "b"}]
    show_all(database, "jsonl")
    assert json.loads(capsys.readouterr().out)["state"] == "holds"


def test_what_names_nobody_any_more_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database, file = home / "x.duckdb", home / "judgements.tsv"
    read(home, "ab", database)
    decide(database, "actor", "same", "Ada Brandl", "Adela Kostrel")
    with file.open("a", encoding="utf-8") as lines:
        lines.write("actor\tsame\tAda Brandl\tKarl Odell\tdesk\tone person\n")
    read(home, "d", database)
    capsys.readouterr()
    show_all(database, "jsonl")
    states = [(row["right"], row["state"]) for row in map(json.loads, capsys.readouterr().out.splitlines())]
    assert states == [("Adela Kostrel", "holds"), ("Karl Odell", "means nobody")]


def test_one_that_others_contradict_by_way_of_a_third_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = home / "x.duckdb"
    read(home, "abd", database)
    decide(database, "actor", "same", "Ada Brandl", "Adela Kostrel")
    decide(database, "actor", "same", "Adela Kostrel", "Jan Odell")
    capsys.readouterr()
    assert judge("actor", "different", "Ada Brandl", "Jan Odell", database, "two", "desk", quiet=False) == 0
    assert "parts Ada Brandl and Jan Odell, whom others make one" in capsys.readouterr().err


def test_two_that_write_at_once_lose_nothing(home: Path) -> None:
    file = home / "deep" / "judgements.tsv"
    given = [judgements.Judgement("actor", "same", "Ada Brandl", f"Odell {n}", "desk", "seen") for n in range(40)]
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda one: judgements.write(file, [one]), given))
    assert judgements.load(file) == tuple(sorted(given))


def test_two_that_decide_on_the_same_leave_one_line(home: Path) -> None:
    file = home / "judgements.tsv"
    for verdict in ("same", "different", "different"):  # each as if it had read the file before the others wrote
        judgements.write(file, [judgements.Judgement("actor", verdict, "Ada Brandl", "Odell", "desk", "seen")])
    assert [one.verdict for one in judgements.load(file) or ()] == ["different"]


def test_a_lost_file_takes_nothing_back(home: Path) -> None:
    database = home / "x.duckdb"
    read(home, "ab", database)
    decide(database, "actor", "same", "Ada Brandl", "Adela Kostrel")
    (home / "judgements.tsv").unlink()
    read(home, "d", database)
    assert list(bearers(database, "Ad%").values()) == [{"a", "b"}]
    decide(database, "actor", "different", "Ada Brandl", "Jan Odell")
    assert len(judgements.load(home / "judgements.tsv") or ()) == 2  # the file is written anew
    assert list(bearers(database, "Ada%").values()) == [{"a", "b"}]


def test_another_reason_is_told_as_well(home: Path) -> None:
    database, file = home / "x.duckdb", home / "judgements.tsv"
    read(home, "d", database)
    decide(database, "published_on", "same", article(database, "d"), "2026-05-05")
    file.write_text(
        file.read_text(encoding="utf-8").replace("the parish register", "the printed page"), encoding="utf-8"
    )
    read(home, "a", database)
    assert ask(database, "SELECT because FROM ops.judgements") == [("the printed page",)]
    evidence = ask(database, "SELECT evidence FROM published_evidence WHERE basis = 'judgement'")
    assert [text.endswith("the printed page") for (text,) in evidence] == [True]


def test_whoever_is_told_apart_from_one_of_an_actor_is_no_candidate_for_it() -> None:
    apart = Ruling(
        judgements.Judgement("actor", "different", "men_3", "men_2", "", "x"), frozenset({"e3"}), frozenset({"e2"})
    )
    assert apply([["e1", "e2"]], {"e3": ["e1"]}, dict.fromkeys(("e1", "e2", "e3")), [apart]) == (
        [["e1", "e2"], ["e3"]],
        {},
    )


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("actor\tsame\tAda\tAda\tdesk\twhy", "line 2: left and right are the same"),
        ("actors\tsame\tAda\tIvo\tdesk\twhy", "layer is actors"),
        ("actor\tis\tAda\tIvo\tdesk\twhy", "verdict is is"),
        ("actor\tsame\tAda\tIvo\tdesk\t", "must be filled"),
        ("published_on\tsame\tart_1\t5 May\tdesk\twhy", "not a day"),
        ("speaker\tsame\tart_1\tAda\tdesk\twhy", "begins with clm_"),
        ("actor\tsame\tAda\tIvo\t\twhy\nactor\tdifferent\tIvo\tAda\t\twhy", "line 3: another line decides"),
    ],
)
def test_a_line_that_cannot_be_meant_stops_the_run_and_is_named(home: Path, line: str, wrong: str) -> None:
    (home / "judgements.tsv").write_text("layer\tverdict\tleft\tright\twho\tbecause\n" + line + "\n", encoding="utf-8")
    with pytest.raises(HearsayError, match="H115.*" + wrong):
        read(home, "d", home / "x.duckdb")


def test_a_name_that_nobody_bears_is_answered_with_the_nearest(home: Path) -> None:
    database = home / "x.duckdb"
    read(home, "ab", database)
    with pytest.raises(HearsayError, match=r"H114.*nearest name is Adela Kostrel"):
        decide(database, "actor", "same", "Ada Brandl", "Adela Kostrell")
    assert not (home / "judgements.tsv").exists()


def test_doctor_names_the_line_that_is_wrong(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = home / "x.duckdb"
    read(home, "ab", database)
    (home / "judgements.tsv").write_text("layer\tverdict\tleft\tright\twho\tbecause\nactor\tis\ta\tb\t\twhy\n")
    capsys.readouterr()
    assert doctor(database, stop_server=False) == 1
    assert "line 2: verdict is is" in capsys.readouterr().out
