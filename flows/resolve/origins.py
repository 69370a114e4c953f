"""Origins: of the articles that carry an utterance or an incident, which are really one.

Articles that share a passage, or that name the same agency, broadcaster or newspaper for it, count as one origin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from flows.known_names import publication_key
from flows.resolve.clusters import UnionFind
from flows.resolve.passages import outlet_keys
from flows.resolve.relays import stated_relays
from flows.resolve.state import State, column, frame_of

Counts = dict[str, tuple[int, int, int]]


def write_origins(state: State, about: str, carriers: Mapping[str, Mapping[str, Collection[str]]]) -> Counts:
    """Write `origins` and count articles, outlets and independent origins.

    `about` is "utterance" or "incident"; `carriers` gives, by its id, the articles that carry it, each with the
    claims that do.
    """
    articles = {article for carried in carriers.values() for article in carried}
    outlets = outlet_keys(state, articles)
    passages = state.rows("passages", "article_id", articles)
    shared = {(a, b) for a, b in passages.select("article_id", "other_article_id").iter_rows() if b in articles}
    claims = {claim for carried in carriers.values() for found in carried.values() for claim in found}
    relays = _relays(state, claims)
    rows: list[dict[str, Any]] = []
    counts: Counts = {}
    for about_id, carried in sorted(carriers.items()):
        because = _group(carried, shared, relays, outlets)
        rows += (
            {"about": about, "about_id": about_id, "article_id": a, "origin": n, "because": why}
            for a, n, why in because
        )
        papers = {outlets.get(article, article) for article in carried}
        counts[about_id] = (len(carried), len(papers), len({number for _, number, _ in because}))
    state.put("origins", frame_of("origins", rows))
    return counts


def drop_origins(state: State, ids: Collection[str]) -> None:
    """Take away the rows of these utterances and incidents."""
    state.remove("origins", "about_id", ids)


def _relays(state: State, claims: Collection[str]) -> dict[str, dict[str, str]]:
    """By claim, the publications that relayed it: key of the name to the name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for claim_id, name in stated_relays(state, "claim_id", claims).select("claim_id", "name").iter_rows():
        found[claim_id][publication_key(name)] = name
    return found


def _group(
    carried: Mapping[str, Collection[str]],
    shared: Collection[tuple[str, str]],
    relays: Mapping[str, Mapping[str, str]],
    outlets: Mapping[str, str],
) -> list[tuple[str, int, str]]:
    """Number the origins among the articles that carry one thing: (article_id, origin, because), sorted."""
    articles = sorted(carried)
    sets = UnionFind(articles)
    because: dict[str, set[str]] = defaultdict(set)
    for i, one in enumerate(articles):
        for other in articles[i + 1 :]:
            if (one, other) in shared:
                _join(sets, because, one, other, "shares a passage")
    for label, found in _by_relay(carried, relays, outlets):
        for other in found[1:]:
            if other != found[0]:
                _join(sets, because, found[0], other, f"by way of {label}")
    roots = sorted({sets.find(article) for article in articles})
    numbers = {root: number for number, root in enumerate(roots, start=1)}
    return [(a, numbers[sets.find(a)], "; ".join(sorted(because[a])) or "on its own") for a in articles]


def _by_relay(
    carried: Mapping[str, Collection[str]],
    relays: Mapping[str, Mapping[str, str]],
    outlets: Mapping[str, str],
) -> list[tuple[str, list[str]]]:
    """The articles that have what is carried from one publication, that publication's own included."""
    articles: dict[str, list[str]] = defaultdict(list)
    labels: dict[str, str] = {}
    for article in sorted(carried):
        for claim in carried[article]:
            for key, name in relays.get(claim, {}).items():
                articles[key].append(article)
                labels[key] = min(name, labels.get(key, name))
    for article in sorted(carried):
        outlet = outlets.get(article)
        if outlet in articles:
            articles[outlet].append(article)
    return [(labels[key], found) for key, found in sorted(articles.items())]


def _join(sets: UnionFind, because: dict[str, set[str]], one: str, other: str, why: str) -> None:
    sets.union(one, other)
    because[one].add(why)
    because[other].add(why)


def carriers_of_utterances(state: State, ids: Collection[str]) -> dict[str, dict[str, set[str]]]:
    """By utterance, the articles that carry it and in which claims."""
    parts = state.rows("claim_parts", "utterance_id", ids, ["article_id"])
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for utterance_id, article_id, claim_id in parts.select("utterance_id", "article_id", "claim_id").iter_rows():
        found[utterance_id][article_id].add(claim_id)
    return found


def carriers_of_incidents(state: State, ids: Collection[str]) -> dict[str, dict[str, set[str]]]:
    """By incident, the articles that report it and in which claims, if it stands in one."""
    events = state.rows("events", "incident_id", ids, ["article_id", "claim_id"])
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for incident_id, article_id, claim_id in events.select("incident_id", "article_id", "claim_id").iter_rows():
        claims = found[incident_id][article_id]
        if claim_id is not None:
            claims.add(claim_id)
    return found


def touching(state: State, articles: Collection[str]) -> tuple[set[str], set[str]]:
    """The utterances and incidents that any of these articles carries."""
    utterances = column(state.rows("claim_parts", "article_id", articles, ["utterance_id"]), "utterance_id")
    return utterances, column(state.rows("events", "article_id", articles, ["incident_id"]), "incident_id")
