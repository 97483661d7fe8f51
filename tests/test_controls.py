"""Switch every control off, one at a time: the test that is named for it must fail."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.controls.switches import CONTROLS

ROOT = Path(__file__).parent.parent
# One test at a time, as plainly as can be; it fails or passes, and nothing else counts.
RUN = [sys.executable, "-m", "pytest", "--no-header", "-q", "-x", "-p", "no:cacheprovider"]
EVERY_MARK = ["-m", "verify or not verify"]


def run(*nodes: str, control: str = "") -> str:
    """Run these tests, with the control switched off; return how the run ended."""
    plugin = ["-p", "tests.controls.plugin"] if control else []
    done = subprocess.run(
        [*RUN, *EVERY_MARK, *plugin, *nodes],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "sqlite://:memory:", "CONTROL": control},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    return done.stdout + done.stderr


def test_at_least_twenty_controls_are_named():
    assert len(CONTROLS) >= 20


@pytest.mark.verify
def test_each_control_is_missed_when_it_is_off():
    with ThreadPoolExecutor(2) as pool:
        runs = {
            name: pool.submit(run, control.noticed_by, control=name)
            for name, control in CONTROLS.items()
        }
        ends = {name: run.result() for name, run in runs.items()}
    # An error while a test is set up, or no test at all, is not a test that noticed.
    unnoticed = {
        name: end[-1500:]
        for name, end in ends.items()
        if not re.search(r"^FAILED ", end, re.MULTILINE) or re.search(r"^ERROR ", end, re.M)
    }
    assert not unnoticed, "\n\n".join(f"{name}\n{end}" for name, end in unnoticed.items())


@pytest.mark.verify
def test_none_is_missed_while_all_are_on():
    nodes = sorted({control.noticed_by for control in CONTROLS.values()})
    end = run(*nodes)
    assert "FAILED" not in end and "ERROR" not in end, end[-3000:]
