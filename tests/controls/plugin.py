"""Loaded into a run of its own (`-p tests.controls.plugin`): switches one control off.

Its name stands in the environment variable CONTROL. It happens before any view is imported, so
that what views take by name is already the switched-off one. CONTROL_DATABASE names a database
file that a run before has filled, so that each run takes seconds.
"""

import os
import sys

import pytest
from django.db import connection


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    from tests.controls.switches import CONTROLS

    connection.settings_dict["TEST"]["NAME"] = os.environ["CONTROL_DATABASE"]
    assert "journeys.views.shares" not in sys.modules, "too late to switch anything off"
    if name := os.environ["CONTROL"]:
        CONTROLS[name].switch_off()
