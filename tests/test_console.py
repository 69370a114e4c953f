"""What a run says on stderr."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows import clock
from flows.console import Talk, line, redact, warn


def test_a_log_line_is_key_value_with_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 5, 1, 12, tzinfo=UTC))
    text = line("batch_published", n=64, seconds=1.23456, source="two words")
    assert text == 'time=2024-05-01T12:00:00+00:00 event=batch_published n=64 seconds=1.235 source="two words"'


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://user:hunter2@example.org/a", "hunter2"),
        ("Authorization: Bearer hunter2", "hunter2"),
        ("https://example.org/?key=hunter2&b=1", "hunter2"),
    ],
)
def test_secrets_are_taken_out(text: str, secret: str) -> None:
    assert secret not in redact(text)
    assert secret not in line("fetch", url=text)


def test_a_secret_key_hides_its_value() -> None:
    assert "hunter2" not in line("login", api_key="hunter2", Password="hunter2")


def test_nothing_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    warn("a\x1b[2Jb\x07c\rd")
    assert capsys.readouterr().err == "a[2Jbcd\n"


def test_quiet_leaves_warnings_only(capsys: pytest.CaptureFixture[str]) -> None:
    talk = Talk(quiet=True)
    talk.say("words")
    talk.log("event")
    with talk.progress("articles", 2) as advance:
        advance(2)
    warn("a warning")
    assert capsys.readouterr() == ("", "a warning\n")


def test_progress_off_a_terminal_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Talk().progress("articles", 2) as advance:
        advance(1)
        advance(1)
    out, err = capsys.readouterr()
    assert out == ""
    assert "event=progress stage=articles done=2 total=2" in err


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2014-06-23", datetime(2014, 6, 23, tzinfo=UTC)),
        ("2014-06-23T09:30", datetime(2014, 6, 23, 9, 30, tzinfo=UTC)),
        ("2014-06-23T09:30:00Z", datetime(2014, 6, 23, 9, 30, tzinfo=UTC)),
        ("2014-06-23T09:30:00+03:00", datetime(2014, 6, 23, 6, 30, tzinfo=UTC)),
        ("yesterday", None),
        ("2014-02-30", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_times_are_read_as_iso_8601(text: str, moment: datetime | None) -> None:
    assert clock.parse(text) == moment
