"""Whether a record was changed: learnt from the database, not from which button was pressed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from journeys.models import Journey, JourneyRecord

WRITES = re.compile(r'(?P<how>INSERT\b.*?\bINTO|UPDATE|DELETE FROM) "(?P<table>\w+)"')


@contextmanager
def noticed() -> Iterator[set[str]]:
    """Give a set that gets the table of every record which is written to from here on.

    Refused rows, as those of a second tap, and an update that meets no row are no change. Nor is
    what belongs to a member alone: their reminders, calendars, sessions, and their own share.
    """
    changed: set[str] = set()

    def notice(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        answer = execute(sql, params, many, context)
        write = WRITES.match(sql)
        if write and write["table"] in tables_of_records() and _met_a_row(write, context):
            changed.add(write["table"])
        return answer

    with connection.execute_wrapper(notice):
        yield changed


@cache
def tables_of_records() -> frozenset[str]:
    """Return the tables of journeys and of everything that is written into one."""
    models = apps.get_app_config("journeys").get_models()
    kept = (model for model in models if issubclass(model, JourneyRecord | Journey))
    return frozenset(model._meta.db_table for model in kept)


def _met_a_row(write: re.Match[str], context: dict[str, Any]) -> bool:
    # An insert that was not refused has made its row, whatever the driver counts.
    return write["how"].startswith("INSERT") or context["cursor"].rowcount != 0
