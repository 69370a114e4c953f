"""The named queries of sql/queries: what each answers, which parameters it takes, and their values.

A file starts with one sentence that says what a row is, then one line for each parameter:
`-- param NAME TYPE DEFAULT DESCRIPTION`, where TYPE is text, date, integer or number, and DEFAULT is a word, a text in
single quotes, `null`, or `required`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flows.errors import HearsayError
from flows.resources import sql_dir

_PARAM: Final = re.compile(r"--\s*param\s+(\w+)\s+(text|date|integer|number)\s+('[^']*'|\S+)\s+(.+)")


@dataclass(frozen=True)
class Parameter:
    """What may be given to a query. `default` is text as written there; None when it must be given."""

    name: str
    type: str
    default: str | None
    description: str


@dataclass(frozen=True)
class NamedQuery:
    """A question with a name."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    sql: str


def all_queries() -> list[NamedQuery]:
    """Every named query, by name."""
    return [
        _parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted((sql_dir() / "queries").glob("*.sql"))
    ]


def find(name: str) -> NamedQuery:
    """The query of this name. Raises HearsayError H803 with the nearest name."""
    known = {query.name: query for query in all_queries()}
    if name not in known:
        nearest = (difflib.get_close_matches(name, known, 1, 0.0) or ["none"])[0]
        raise HearsayError("H803", name=name, nearest=nearest)
    return known[name]


def values(query: NamedQuery, given: Sequence[str]) -> dict[str, str | int | float | None]:
    """The parameters' values from `key=value` texts and defaults, of the right types, dates as ISO 8601.

    Raises HearsayError H804 for one that is unknown, missing or of another type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    found: dict[str, str] = {}
    for pair in given:
        name, separator, value = pair.partition("=")
        if not separator:
            raise HearsayError("H804", name=pair, detail="write it as key=value")
        if name not in known:
            takes = ", ".join(known) or "none"
            raise HearsayError("H804", name=name, detail=f"{query.name} takes {takes}")
        found[name] = value
    return {name: _value(parameter, found.get(name)) for name, parameter in known.items()}


def _value(parameter: Parameter, given: str | None) -> str | int | float | None:
    if given is None:
        if parameter.default is None:
            raise HearsayError(
                "H804", name=parameter.name, detail=f"needed: --param {parameter.name}=… ({parameter.description})"
            )
        if parameter.default.lower() == "null":
            return None
        given = parameter.default.strip("'")
    try:
        return _CONVERT[parameter.type](given)
    except ValueError:
        raise HearsayError("H804", name=parameter.name, detail=f"{given!r} is no {parameter.type}") from None


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


_CONVERT: Final[dict[str, Callable[[str], str | int | float]]] = {
    "text": str,
    "date": _day,
    "integer": int,
    "number": float,
}


def _parse(name: str, sql: str) -> NamedQuery:
    sentence: list[str] = []
    parameters = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        if match := _PARAM.fullmatch(line.strip()):
            default = None if match[3] == "required" else match[3]
            parameters.append(Parameter(match[1], match[2], default, match[4]))
        else:
            sentence.append(line.removeprefix("--").strip())
    return NamedQuery(name, " ".join(sentence), tuple(parameters), sql)
