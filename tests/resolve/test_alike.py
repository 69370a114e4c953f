"""Members that are decided alike are decided once, and the answer is that of deciding each by itself."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import polars as pl
import pytest

from flows import names
from flows.judgements import ACTOR, DIFFERENT, SAME, Judgement
from flows.resolve import judged
from flows.resolve.alike import alike, one_by_one
from flows.resolve.deciding import Decision, decide_named, rule
from flows.resolve.members import Member, is_full, is_short

GIVEN = ("Mira", "Mirra", "Tomas", "Thomas", "Tom", "Jan", "Jan Petr", "J.", "Alexandra", "Alexandar", "")
SURNAMES = ("Brandl", "Kostrel", "Ferran", "Ferrann", "Oruzhin")
BODIES = (("Harbour Gazette", "media", "Harbour Gazette"), ("Gazette", "media", None), ("Brandl", "organisation", None),
          ("Port Union", "organisation", None), ("Port Union of Teso", "organisation", "Port Union"))  # fmt: skip


def crowd(seed: int, size: int = 160) -> list[Member]:
    """Many articles that speak of few people and bodies, several names to an entity now and then."""
    chance = random.Random(seed)
    members = []
    for _ in range(size):
        article = chance.randrange(size // 3)
        name, kind, key = chance.choice(BODIES)
        called = (name,)
        if chance.random() < 0.7:
            called = tuple(
                f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)}".strip()
                for _number in range(chance.choice((1, 1, 2)))
            )
            name, kind, key = called[0], "person", "Mira Brandl" if "Mira Brandl" in called else None
        role = chance.choice((None, None, "Foreign Minister", "Colonel"))
        members.append(
            Member(
                f"ent_{chance.getrandbits(60):020x}",
                f"art_{article}",
                name,
                kind,
                called,
                (1,) * len(called),
                key,
                role,
                f"sto_{article // 3}",
            )
        )
    return members


def named_crowd(seed: int) -> list[Member]:
    """Those of them who are not placed by their story."""
    return [member for member in crowd(seed) if not is_short(member)]


def decided(members: Iterable[Member]) -> Decision:
    return Decision(decide_named(members), {})


def frame(members: list[Member]) -> pl.DataFrame:
    columns = ("entity_id", "article_id", "name", "kind", "names", "key", "role", "story")
    rows = [
        tuple(list(value) if isinstance(value := getattr(m, c), tuple) else value for c in columns) for m in members
    ]
    return pl.DataFrame(rows, {c: pl.List(pl.String) if c == "names" else pl.String for c in columns}, orient="row")


def told_out(decision: Decision, stands_for: pl.DataFrame) -> Decision:
    """The decision with everybody in it for whom somebody stands."""
    of: dict[str, list[str]] = {}
    for by, entity_id in stands_for.select("by", "entity_id").iter_rows():
        of.setdefault(by, []).append(entity_id)
    clusters = sorted(sorted(one for by in cluster for one in of[by]) for cluster in decision.clusters)
    return Decision(clusters, {one: roots for by, roots in decision.candidates.items() for one in of[by]})


@pytest.mark.parametrize("seed", range(25))
def test_deciding_once_for_all_alike_gives_what_deciding_each_gives(seed: int) -> None:
    members = named_crowd(seed)
    standing, stands_for = alike(frame(members))
    assert len(standing) < len(members)
    expected = decided(members)
    assert told_out(decided(standing), stands_for) == Decision(sorted(expected.clusters), dict(expected.candidates))


@pytest.mark.parametrize("seed", range(25))
def test_a_ruling_on_single_entities_is_obeyed_as_if_each_had_been_decided(seed: int) -> None:
    members = named_crowd(seed)
    chance = random.Random(seed)
    sides = [frozenset(m.entity_id for m in chance.sample(members, chance.choice((1, 3)))) for _ in range(6)]
    rulings = [
        judged.Ruling(judgement(verdict), left, right - left)
        for verdict, left, right in zip((SAME, DIFFERENT, DIFFERENT), sides[::2], sides[1::2], strict=True)
        if right - left
    ]
    everybody = {m.entity_id: m for m in members}
    whole = decided(members)
    clusters, candidates = judged.apply(whole.clusters, whole.candidates, everybody, rulings)
    rows = frame(members)
    standing, stands_for = alike(rows)
    known = {m.entity_id: m for m in standing}
    found, apart = rule(decided(standing), known, rulings, stands_for, lambda some: one_by_one(rows, some))
    told_apart = pl.when(pl.col("by").is_in(sorted(apart))).then("entity_id").otherwise("by")
    assert told_out(found, stands_for.with_columns(by=told_apart)) == Decision(sorted(clusters), candidates)


def judgement(verdict: str) -> Judgement:
    return Judgement(ACTOR, verdict, "Mira Brandl", "Tomas Kostrel")


def test_names_that_may_be_one_persons_find_each_other() -> None:
    chance = random.Random(7)
    first = ("christopher", "chris", "kristofer", "alexandra", "aleksandra", "bob", "robert", "mohammed", "muhamad",
             "j", "yevgeny", "evgeni", "marianne", "mariane", "elisabeth", "elizabet")  # fmt: skip
    last = ("brandl", "brandel", "oruzhin", "oruhzin", "kostrel", "al-teso", "lundqvist", "lundquist")
    made = {f"{chance.choice(first)} {chance.choice((*first, '', ''))} {chance.choice(last)}" for _ in range(400)}
    labels = sorted({names.normalise(one) for one in made if is_full(one)})
    compatible = 0
    for one in labels:
        for other in labels:
            if one < other and names.compatible(one, other):
                compatible += 1
                is_sought = names.skeleton(names.surname(one)) == names.skeleton(names.surname(other))
                assert not is_sought or names.given_keys(one) & names.given_keys(other), (one, other)
    assert compatible > 100


def test_an_alike_keeps_its_stories_when_it_is_taken_for_another_kind() -> None:
    standing, _ = alike(
        frame([Member("ent_1", "art_1", "Brandl", "organisation", ("Brandl",), (1,), None, None, "sto_1")])
    )
    assert replace(standing[0], kind="person").stories == {"sto_1"}
