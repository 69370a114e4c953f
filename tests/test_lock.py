"""The lock file holds what the project file pins, with hashes and without hosts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lines: list[str]) -> dict[str, str]:
    found = (re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s\\;]+).*", line.strip()) for line in lines)
    return {match[1].lower().replace("_", "-"): match[2] for match in found if match}


def locked_names() -> set[str]:
    """As they stand in the lock, with their extras."""
    return {re.sub(r"\s", "", name).lower() for name in re.findall(r"^([^\s=]+(?:, [^\s=]+)*)==", LOCK, re.MULTILINE)}


def requirements() -> Iterator[Requirement]:
    """What the locked distributions ask for, under whatever marker."""
    locked = {name.partition("[")[0] for name in locked_names()}
    for distribution in metadata.distributions():
        if canonicalize_name(distribution.name) in locked:
            yield from map(Requirement, distribution.requires or ())


def test_every_requirement_is_pinned_exactly_and_locked_at_that_version() -> None:
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert len(pins(wanted)) == len(wanted)
    locked = pins(LOCK.splitlines())
    assert {name: locked.get(name) for name in pins(wanted)} == pins(wanted)


def test_the_build_backend_is_locked_too() -> None:
    assert pins(PROJECT["build-system"]["requires"]).items() <= pins(LOCK.splitlines()).items()


def test_every_locked_version_has_a_hash_and_no_host_is_named() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert [entry for entry in entries if "--hash=sha256:" not in entry and not entry.startswith("#")] == []
    assert "://" not in LOCK


@pytest.mark.parametrize("python", ["3.11.0", "3.11.2", "3.11.20"])
def test_what_any_python_of_the_line_asks_for_is_locked(python: str) -> None:
    """A marker may ask for a package on an older 3.11 only: Debian's is 3.11.2."""
    there = {"python_full_version": python, "extra": ""}
    asked = {
        canonicalize_name(requirement.name)
        for requirement in requirements()
        if requirement.marker is None or requirement.marker.evaluate(there)
    }
    assert asked <= {canonicalize_name(name.partition("[")[0]) for name in locked_names()}


def test_what_is_asked_for_with_extras_is_locked_with_them_and_without() -> None:
    """pip before 24 takes one for unpinned where only the other stands, as soon as a newer version is out."""
    locked = locked_names()
    asked = [
        requirement
        for requirement in requirements()
        if requirement.extras and (requirement.marker is None or requirement.marker.evaluate({"extra": ""}))
    ]
    spelled = {(canonicalize_name(one.name), ",".join(sorted(one.extras))) for one in asked}
    assert {f"{name}[{extras}]" for name, extras in spelled} <= locked
    assert {name for name, _ in spelled} <= locked
