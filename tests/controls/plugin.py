"""Loaded into a run of its own (`-p tests.controls.plugin`): switches one control off.

Its name stands in the environment variable CONTROL. It happens before any view is imported, so
that what views take by name is already the switched-off one.
"""

import os
import sys

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    from tests.controls.switches import CONTROLS

    assert "journeys.views.shares" not in sys.modules, "too late to switch anything off"
    CONTROLS[os.environ["CONTROL"]].switch_off()
