"""Switch every control off, one at a time: the test that is named for it must fail."""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.controls.switches import CONTROLS

ROOT = Path(__file__).parent.parent
# One test at a time, as plainly as can be; it fails or passes, and nothing else counts.
RUN = [
    *(sys.executable, "-m", "pytest", "--no-header", "-q", "-x", "--reuse-db"),
    *("-p", "no:cacheprovider", "-p", "tests.controls.plugin", "-m", "verify or not verify"),
]


def run(*nodes: str, database: Path, control: str = "") -> str:
    """Run these tests with the control switched off; return what the run said."""
    surroundings = {
        "DATABASE_URL": "sqlite://:memory:",
        "CONTROL": control,
        "CONTROL_DATABASE": str(database),
    }
    done = subprocess.run(
        [*RUN, *nodes],
        cwd=ROOT,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        timeout=900,  # it ends what hangs, and nothing that is only slow
        check=False,
    )
    return done.stdout + done.stderr


def run_without(control: str, prepared: Path) -> str:
    database = prepared.with_name(f"{sorted(CONTROLS).index(control)}.sqlite3")
    shutil.copy(prepared, database)
    return run(CONTROLS[control].noticed_by, database=database, control=control)


def test_at_least_forty_controls_are_named():
    assert len(CONTROLS) >= 40


@pytest.mark.verify
def test_each_control_is_missed_when_it_is_off_and_none_while_all_are_on(tmp_path):
    prepared = tmp_path / "prepared.sqlite3"
    nodes = sorted({control.noticed_by for control in CONTROLS.values()})
    said = run(*nodes, database=prepared)
    assert "FAILED" not in said and "ERROR" not in said, said[-3000:]
    with ThreadPoolExecutor(2) as pool:
        runs = {name: pool.submit(run_without, name, prepared) for name in CONTROLS}
    said = {name: run.result() for name, run in runs.items()}
    # An error before the test began, or no test at all, is not a test that noticed.
    unnoticed = {
        name: text[-1500:]
        for name, text in said.items()
        if not re.search(r"^FAILED ", text, re.M) or re.search(r"^ERROR ", text, re.M)
    }
    assert not unnoticed, "\n\n".join(f"{name}\n{text}" for name, text in unnoticed.items())
