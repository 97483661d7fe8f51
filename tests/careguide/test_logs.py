"""A log line tells where an error was and which request met it, and nothing of what was sent."""

import io
import logging
import re
import time
from unittest import mock

import pytest
from django.test import Client

from careguide.logs import QuietFormatter
from tests.world import url


@pytest.fixture
def logged(monkeypatch):
    """What the handler of the settings writes."""
    said = io.StringIO()
    handlers = logging.getLogger("django.request").handlers
    handler = next(one for one in handlers if isinstance(one.formatter, QuietFormatter))
    monkeypatch.setattr(handler, "stream", said)
    return said


@pytest.fixture
def failed(as_owner: Client, journey, logged):
    as_owner.raise_request_exception = False
    cause = ValueError("cannot read: Very private words of Olive")
    with mock.patch("journeys.views.questions.content_index", side_effect=cause):
        return as_owner.post(
            url("question_take", journey_id=journey.pk), {"suggested": "Very private words"}
        )


def test_the_page_and_the_line_share_a_number(failed, logged, owner):
    assert failed.status_code == 500
    number = re.search(r"give them this number: (\w+)", failed.content.decode())[1]
    assert (
        f"Request {number} of account {owner.pk} at journeys:question_take was answered with 500."
        in logged.getvalue()
    )


def test_the_line_says_where_and_what_kind_and_nothing_else(failed, logged, journey):
    said = logged.getvalue()
    assert "journeys/views/questions.py" in said
    assert "ValueError" in said
    for word in ("private", "Olive", str(journey.pk)):
        assert word not in said


def test_times_are_utc_and_say_so(monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    record = logging.makeLogRecord({"msg": "x", "created": 0.0, "msecs": 5})
    said = QuietFormatter("%(asctime)s %(message)s").format(record)
    monkeypatch.undo()
    time.tzset()
    assert said == "1970-01-01 00:00:00.005Z x"


def test_the_page_of_the_error_says_nothing_of_its_cause(failed):
    assert "private" not in failed.content.decode()
