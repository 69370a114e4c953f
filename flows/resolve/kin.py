"""Who is decided with whom: the names that people share, and the surnames by which they may be meant.

Full names are compared when they share a surname and a given name in any spelling. Whether two may be one person's
hangs on the names alone, so each pair is compared once and its link kept (work.name_links): a new Smith meets those
whose given name is like this one's, and not all Smiths ever. Who is named by a surname alone is decided after those
with full names, from the people of that surname in its story and of its time (see flows.resolve.persons), and changes
nobody else: no key joins such a one to others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import polars as pl

from flows import names
from flows.resolve.alike import may_be_surname
from flows.resolve.clusters import hashed, put_keys
from flows.resolve.deciding import SURNAME, is_common_key, surnames_among
from flows.resolve.members import IS_ALONE, Member, is_short, month_of, months_around
from flows.resolve.persons import blocks_of, given_keys
from flows.resolve.standing import BORNE, Near, bearers
from flows.resolve.state import State, column

LAYER: Final = "actor"
SHORT: Final = "short"  # layer of what bodies may be called for short: joins them to those called so, not to each other
NAMES: Final = "person"  # layer of the full names of people, by surname: "brndl|ada brandl"
NAMESAKES: Final = "namesake"  # layer of surnames in a month: who is named in full, who by the surname alone
TAKEN: Final = "taken"  # layer of one-word organisations that are people of their stories
_FULL, _SHORT = "full", "short"
SEEN: Final = ("article_id", "name", "kind", "names", "key", "role", "source_role", "n_mentions", "actor_id")


def hang_together(state: State, members: pl.Series, stories: Collection[str] = (), but: Collection[str] = ()) -> Near:
    """All entities that share keys or linked names with `members`, which are included.

    What any body of its kind is called, and what one is called for short, joins those of one story alone: of `stories`,
    which are touched, and of those of whoever is found. Of those on record that are decided alike one stands for all,
    but none of `but`.
    """
    pool = _Pool(state, stories, pl.DataFrame({"member_id": sorted(but)}, {"member_id": pl.String()}))
    found = fresh = members.alias("member_id").unique().to_frame()
    known = borne_by = pl.DataFrame(schema={"layer": pl.String(), "key": pl.String()})
    borne, links = pl.DataFrame(schema=BORNE), pl.DataFrame(schema={"name": pl.String(), "other": pl.String()})
    while not fresh.is_empty():
        of_fresh = _joining(state.many("keys", fresh, ["article_id", "alike"]))
        own = of_fresh.select("layer", "key").unique()
        is_local = [layer == SHORT or (layer == LAYER and is_common_key(key)) for layer, key in own.iter_rows()]
        keys = own.filter(~pl.Series(is_local, dtype=pl.Boolean())).join(known, on=["layer", "key"], how="anti")
        names_of = keys.filter(pl.col("layer") == NAMES).select(name="key")
        linked = state.many("name_links", names_of, ()).select("name", "other")
        others = linked.select(layer=pl.lit(NAMES), key="other").join(known, on=["layer", "key"], how="anti")
        keys = pl.concat([keys, others]).unique()
        own_of_fresh = pool.one_by_one(of_fresh)
        sought = _sought(own_of_fresh).unique()
        pool.ask(pl.concat([keys, sought.select("layer", "key")]).unique())
        near = pl.concat([pool.bearing(keys), pool.of_stories(sought), own_of_fresh])
        near = near.with_columns(pl.col("layer").replace(SHORT, LAYER)).unique()
        fresh = near.select("member_id").unique().join(found, on="member_id", how="anti")
        pool.note(near)
        known, found, borne_by = pl.concat([known, keys]), pl.concat([found, fresh]), pl.concat([borne_by, own])
        borne, links = pl.concat([borne, near]), pl.concat([links, linked])
    # whether a name is borne whole or for short is told by the bearer: `Near` knows one layer of bodies' keys
    of_actors = borne_by.filter(pl.col("layer") == LAYER).get_column("key").unique()
    return Near.of(found.get_column("member_id"), of_actors, borne, links)


class _Pool:
    """Who bears which keys, as far as they were asked for: each is looked for once."""

    def __init__(self, state: State, stories: Collection[str], absent: pl.DataFrame) -> None:
        self._absent = absent
        self._state = state
        self._touched = pl.DataFrame({"story_id": sorted(stories)}, {"story_id": pl.String()})
        self._asked = pl.DataFrame(schema={"layer": pl.String(), "key": pl.String()})
        self._borne = pl.DataFrame(schema=BORNE)
        self._standing: set[str] = set()

    def ask(self, keys: pl.DataFrame) -> None:
        """Look for who bears `keys` (layer, key)."""
        missing = keys.join(self._asked, on=["layer", "key"], how="anti")
        self._borne = pl.concat([self._borne, bearers(self._state, missing, self._absent)])
        self._asked = pl.concat([self._asked, missing])

    def bearing(self, keys: pl.DataFrame) -> pl.DataFrame:
        """Who bears one of `keys` (layer, key), which were asked for."""
        return self._borne.join(keys, on=["layer", "key"], how="semi")

    def of_stories(self, sought: pl.DataFrame) -> pl.DataFrame:
        """Who bears one of the keys `sought` (layer, key, article_id), which were asked for, in the article's story.

        So do those of touched stories; whoever stands for others is in any story.
        """
        keys = sought.select("layer", "key").unique()
        borne = self.bearing(keys)
        of = self._stories_of(pl.concat([sought.select("article_id"), borne.select("article_id")]))
        wanted = sought.join(of, on="article_id").select("layer", "key", "story_id")
        wanted = pl.concat([wanted, keys.join(self._touched, how="cross")]).unique()
        here = borne.filter(~pl.col("stands")).join(of, on="article_id")
        return pl.concat(
            [
                borne.filter("stands"),
                here.join(wanted, on=["layer", "key", "story_id"], how="semi").select(borne.columns),
            ]
        )

    def _stories_of(self, articles: pl.DataFrame) -> pl.DataFrame:
        found = self._state.rows("articles", "article_id", column(articles, "article_id"), ["story_id"])
        return found.select("article_id", "story_id")

    def one_by_one(self, keys: pl.DataFrame) -> pl.DataFrame:
        """The keys of those who stand for themselves alone."""
        is_standing = pl.col("member_id").is_in(sorted(self._standing))
        return keys.filter(~is_standing).with_columns(stands=False).select(list(BORNE))

    def note(self, near: pl.DataFrame) -> None:
        """Learn who stands for others."""
        self._standing |= column(near.filter("stands"), "member_id")


def _joining(keys: pl.DataFrame) -> pl.DataFrame:
    """Those of keys of any layer that join their members."""
    of_actors = (pl.col("layer") == LAYER) & ~pl.col("key").str.starts_with(SURNAME)
    return keys.filter(of_actors | pl.col("layer").is_in([NAMES, SHORT]))


def _sought(keys: pl.DataFrame) -> pl.DataFrame:
    """The keys (layer, key, article_id) by which others of a story may be one with the bearers of `keys`."""
    common = [layer == LAYER and is_common_key(key) for layer, key in keys.select("layer", "key").iter_rows()]
    by_name = keys.filter((pl.col("layer") == SHORT) | pl.Series(common, dtype=pl.Boolean()))
    called_so = keys.filter(pl.col("layer") == LAYER)
    told = ("layer", "key", "article_id")
    return pl.concat(
        [
            by_name.with_columns(layer=pl.lit(LAYER)).select(told),
            called_so.with_columns(layer=pl.lit(SHORT)).select(told),
        ]
    )


def record(state: State, rows: pl.DataFrame, numbers: Mapping[str, int]) -> None:
    """Record the keys of those of `rows` who are people, or may be; `numbers` have those of entities that have one."""
    months = months_of(state, column(rows, "article_id"))
    people = [member_of(row, months) for row in rows.iter_rows(named=True)]
    full = [one for one in people if one.kind == "person" and one.is_full]
    put_keys(state, NAMES, ((name, one.entity_id, one.article_id) for one in full for name in _names(one)), numbers)
    _link(state, {name for one in full for name in _names(one)})
    for form, some in ((_FULL, full), (_SHORT, [one for one in people if is_short(one)])):
        timed = ((_namesake(form, block, one.month), one) for one in some if one.month for block in blocks_of(one))
        put_keys(state, NAMESAKES, ((key, one.entity_id, one.article_id) for key, one in timed))


def _names(person: Member) -> list[str]:
    labels = {names.normalise(name) for name in person.full_names}
    return [f"{block}|{label}" for block in sorted(blocks_of(person)) for label in sorted(labels)]


def _link(state: State, found: Collection[str]) -> None:
    """Compare the names that nobody bore before with all that they may agree with."""
    fresh = set(found) - column(state.rows("name_links", "name", found), "name")
    keys = [(hashed(key), name) for name in sorted(fresh) for key in _keys(name)]
    rows = pl.DataFrame(keys, {"key": pl.UInt64(), "name": pl.String()}, orient="row")
    state.put("name_keys", rows)
    near = state.many("name_keys", rows.select("key").unique(), ())
    pairs = rows.join(near.select("key", other="name"), on="key").select("name", "other").unique()
    agreeing = [pair for pair in pairs.iter_rows() if pair[0] == pair[1] or _agree(*pair)]
    ways = sorted({way for one, other in agreeing for way in ((one, other), (other, one))})
    state.put("name_links", pl.DataFrame(ways, {"name": pl.String(), "other": pl.String()}, orient="row"))


def _keys(name: str) -> list[str]:
    block, _, label = name.partition("|")
    return [f"{block}|{key}" for key in sorted(given_keys(label))]


def _agree(one: str, other: str) -> bool:
    return names.compatible(one.partition("|")[2], other.partition("|")[2])


def forget(state: State, borne: Collection[str]) -> None:
    """Take away those of the names `borne` by people of articles that are gone which nobody bears now."""
    still = column(state.rows("keys", "key", borne, layer=NAMES), "key")
    lost = set(borne) - still
    state.remove("name_keys", "name", lost)
    state.remove("name_links", "name", lost)
    state.remove("name_links", "other", lost)


def names_in(state: State, articles: Collection[str]) -> set[str]:
    """The full names, by surname, of the people in `articles`."""
    return column(state.rows("keys", "article_id", articles, layer=NAMES), "key")


def _namesake(form: str, block: str, month: str | None) -> str:
    return f"{form}|{block}|{month}"


def named_short(state: State, full: Iterable[Member]) -> set[str]:
    """The entities that may mean by a surname alone one of these people, of whom their articles give the month."""
    return _around(state, full, _SHORT)


def named_in_full(state: State, short: Iterable[Member]) -> set[str]:
    """The entities with a full name whom these, who are named by a surname alone, may mean by their time."""
    return _around(state, short, _FULL)


def _around(state: State, people: Iterable[Member], form: str) -> set[str]:
    keys = {
        _namesake(form, block, month)
        for one in people
        if one.month
        for block in blocks_of(one)
        for month in months_around(one.month)
    }
    wanted = pl.DataFrame({"key": sorted(keys)}, {"key": pl.String()}).with_columns(layer=pl.lit(NAMESAKES))
    return column(state.many("keys", wanted, ()), "member_id")


def short_near(state: State, articles: Collection[str]) -> set[str]:
    """The entities of any article that may mean by a surname somebody of `articles`, by their time."""
    keys = column(state.rows("keys", "article_id", articles, layer=NAMESAKES), "key")
    wanted = {
        _namesake(_SHORT, block, month)
        for form, block, of in (key.split("|") for key in keys)
        if form == _FULL
        for month in months_around(of)
    }
    return column(state.rows("keys", "key", wanted, layer=NAMESAKES), "member_id")


def months_of(state: State, articles: Collection[str]) -> dict[str, str]:
    """The month in which each of `articles` was published, where it states it itself."""
    rows = state.rows("articles", "article_id", articles, ["published_on", "published_basis"])
    stated = rows.filter((pl.col("published_basis") != "story") & pl.col("published_on").is_not_null())
    return {one: month_of(day) for one, day in stated.select("article_id", "published_on").iter_rows()}


def member_of(row: Mapping[str, Any], months: Mapping[str, str], kind: str | None = None) -> Member:
    """A row of work.entities, one that is named, as the resolver sees it; with its `story` if the row has it."""
    return Member(
        row["entity_id"],
        row["article_id"],
        row["name"],
        kind or row["kind"],
        tuple(row["names"] or ()),
        (),
        row["key"],
        row["role"],
        row.get("story"),
        month=months.get(row["article_id"]),
    )


def people_of(state: State, stories: Collection[str]) -> pl.DataFrame:
    """The rows of work.entities, with SEEN and `story`, that are named people, or may be, in articles of `stories`."""
    articles = state.rows("articles", "story_id", stories, ["story_id"]).select("article_id", story="story_id")
    rows = state.many("entities", articles.select("article_id"), SEEN).join(articles, on="article_id")
    by_name = rows.select("kind", "name", "key").unique()
    surnames = by_name.filter([may_be_surname(*row) for row in by_name.iter_rows()])
    may_be = rows.join(surnames, on=["kind", "name", "key"], how="semi", nulls_equal=True)
    return pl.concat([rows.filter(pl.col("kind") == "person"), may_be]).filter(~IS_ALONE)


def taken(state: State, entities: Collection[str]) -> set[str]:
    """Those of one-word organisations that count as people of their stories."""
    return column(state.rows("keys", "key", {_taken(one) for one in entities}, layer=TAKEN), "member_id")


def take(state: State, people: pl.DataFrame) -> set[str]:
    """Find out which one-word organisations of whole stories are people, and return those of which it is new."""
    rows = [member_of(row, {}) for row in people.iter_rows(named=True)]
    article = {one.entity_id: one.article_id for one in rows if one.kind != "person"}
    now, before = surnames_among(rows), taken(state, article)
    put_keys(state, TAKEN, ((_taken(one), one, article[one]) for one in sorted(now - before)))
    state.remove("keys", "key", {_taken(one) for one in before - now})
    return now ^ before


def _taken(entity_id: str) -> str:
    return f"taken:{entity_id}"


def unrecorded(state: State) -> set[str]:
    """All that may be people, in a database that was filled before their names were recorded."""
    if not state.is_empty("name_links"):
        return set()
    rows = state.every("entities", ["kind"])
    return column(rows.filter(pl.col("kind").is_in(["person", "organisation"])), "entity_id")
