"""What the members of an actor tell together, and the rows of `actors` and `actor_names` that this comes to.

"Reuters" has a member in every other article: how often each thing is said of it is counted where the members lie, and
only the counts are read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from flows import names
from flows.resolve.state import State, column
from flows.resources import sql_of

LABEL_SCORE: Final = 0.9  # of the groups that a label joins across articles, 92 % of the pairs are right (ECB+)
_SHARE: Final = 3
_GOES_BY_USE: Final = frozenset({"person", "organisation", "government", "country"})
_TOTALS: Final = {"mentions": "n_mentions", "articles": "n_articles"}
COLUMNS: Final = (  # of work.entities, that are counted
    ("entity_id", "article_id", "name", "kind", "names", "n_mentions", "n_all", "key", "country", "role")
)  # fmt: skip


@dataclass
class Told:
    """How often the members of one actor say what of it.

    `called` counts mentions by the name that each article knows it by best, `used` those by each name. `is_labelled`
    when a label joins its members, `is_joined` when a person's judgement does; `borne` are then the names that
    somebody bears whom no judgement joins.
    """

    n_mentions: int = 0
    n_articles: int = 0
    key: Counter[str] = field(default_factory=Counter)
    kind: Counter[str] = field(default_factory=Counter)
    country: Counter[str] = field(default_factory=Counter)
    role: Counter[str] = field(default_factory=Counter)
    called: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    is_labelled: bool = False
    is_joined: bool = False
    borne: set[str] = field(default_factory=set)


def tell(
    state: State, ids: Collection[str], instead: pl.DataFrame, labelled: Collection[str], joined: Collection[str]
) -> dict[str, Told]:
    """By actor, what its members tell, for each of `ids` that has any.

    Rows of `instead` (actor_id and COLUMNS) tell in place of what is on record of these entities. A label stands for
    those of `labelled`; a person's judgement joins those of `joined`.
    """
    wanted = pl.DataFrame({"actor_id": sorted(ids)}, {"actor_id": pl.String()})
    counted = state.summed("entities", wanted, sql_of("resolve", "told"), COLUMNS, instead)
    told: dict[str, Told] = defaultdict(Told)
    for actor_id, what, value, count in counted.select("actor_id", "what", "value", "n").iter_rows():
        if what in _TOTALS:
            setattr(told[actor_id], _TOTALS[what], count)
        elif what == "members":
            told[actor_id].is_labelled = count > 1 and value in labelled
        else:
            getattr(told[actor_id], what)[value] = count
    _tell_of_judged(state, told, joined)
    return dict(sorted(told.items()))


def _tell_of_judged(state: State, told: Mapping[str, Told], joined: Collection[str]) -> None:
    actors = column(state.rows("entities", "entity_id", joined, ["actor_id"]), "actor_id") & told.keys()
    members = state.rows("entities", "actor_id", actors, ["name", "names"])
    for entity_id, actor_id, name, called in members.select("entity_id", "actor_id", "name", "names").iter_rows():
        told[actor_id].is_joined = True
        if entity_id not in joined:
            told[actor_id].borne.update({name, *(called or ())} - {None})


def summary(actor_id: str, told: Told) -> dict[str, Any]:
    """The row of `actors`."""
    return {
        "actor_id": actor_id,
        "name": best_name(told),
        "kind": _most(told.kind),
        "country": _most(told.country),
        "role": _most(told.role),
        "n_mentions": told.n_mentions,
        "n_articles": told.n_articles,
    }


def best_name(told: Told) -> str:
    """The canonical name, else the full name used most, else the name used most; a site's address only if alone.

    A body goes by its longer name where that is what its letters stand for, or is used by a third as often; a
    publication by the name that its own pages give it most, a group by its most telling label.
    """
    known, kind = _most(told.key), _most(told.kind)
    if known:
        return known
    counted = told.called
    by_use = kind in _GOES_BY_USE
    used = told.used if by_use else counted
    most = max(counted, key=lambda name: (used[name], counted[name], name))
    few = used[most] / _SHARE if by_use and kind != "person" and not _is_letters(most) else 0

    def rank(name: str) -> tuple[bool, bool, int, int, int, str]:
        is_full = names.given(name) is not None and used[name] >= few
        return is_full, not _is_site(name), used[name], counted[name], len(name), name

    return max(counted, key=rank)


def _is_letters(name: str) -> bool:
    return name.isupper() and " " not in name


def _is_site(name: str) -> bool:
    return "." in name.strip(".") and " " not in name


def _most(counted: Counter[str]) -> str | None:
    """The most frequent value; ties go to the first in the alphabet."""
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None


def labels(actor: Mapping[str, Any], told: Told) -> Iterator[dict[str, Any]]:
    """The names of an actor with how often each is used, and why each counts as a name of this one.

    A group without a name has the labels that its articles give it. A name that is not like the label, or
    that only those bear whom a person's judgement joined to others, is there because of that.
    """
    for name, count in sorted({actor["name"]: 0, **told.used}.items()):
        basis, score = _basis(actor["name"], name, actor["kind"])
        if told.is_labelled:
            basis, score = "label", LABEL_SCORE
        by_itself = basis in ("exact", "lexicon") or (score >= names.COMPATIBLE and name in told.borne)
        if not by_itself and told.is_joined:
            basis, score = "judgement", 1.0
        yield {"actor_id": actor["actor_id"], "name": name, "n_mentions": count, "basis": basis, "score": score}


def _basis(label: str, name: str, kind: str) -> tuple[str, float]:
    """Why `name` is a name of the actor called `label`: (basis, score)."""
    plain = names.normalise if kind == "person" else names.body_name
    if plain(name) == plain(label):
        return "exact", 1.0
    known = names.canonical(name)
    if known is not None and known.name == label:
        return "lexicon", 1.0
    if kind == "person":
        score = round(names.similarity(label, name), 4)
        return ("surname" if names.given(name) is None else "spelling"), score
    return "article", 0.9
