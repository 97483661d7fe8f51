"""What Lighthouse says of four pages on a phone (`make lighthouse`): the median of five runs."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from tests.live.conftest import ROOT, running

PROGRAM = ROOT / ".ci" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
RUNS = 5
CHROMIUM = "--headless=new --no-sandbox --disable-gpu"
PAGES = """
journey = make_journey(owner=make_user(name="Olive Sample"), name="Olive")
home = f"/journeys/{journey.pk}/"
print(json.dumps({
    "session": session_of(journey.owner),
    "public": {"landing": "/", "topic": "/guide/overview/what-is-all/"},
    "own": {"today": home, "check-in": f"{home}check-ins/add/"},
}))
"""
# Private pages ask search engines to leave them out, which Lighthouse marks down.
CATEGORIES = {
    "public": ("performance", "accessibility", "best-practices", "seo"),
    "own": ("performance", "accessibility", "best-practices"),
}


def scores(address: str, categories: tuple[str, ...], headers: dict[str, str]) -> dict[str, float]:
    """Return the scores of one run, each from 0 to 100; print what is not as it could be."""
    done = subprocess.run(
        [
            *(PROGRAM, address, "--output=json", "--quiet", f"--chrome-flags={CHROMIUM}"),
            f"--only-categories={','.join(categories)}",
            f"--extra-headers={json.dumps(headers)}",
        ],
        env=os.environ | {"CHROME_PATH": shutil.which("chromium") or ""},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout)
    for name in categories[1:]:
        for audit in report["categories"][name]["auditRefs"]:
            found = report["audits"][audit["id"]]
            if audit["weight"] and found["score"] not in (1, None):
                print(f"    {name}: {found['title']}")
    return {name: report["categories"][name]["score"] * 100 for name in categories}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), HTTPS="0") as site:
        said = site.tell(PAGES)
        for kind, categories in CATEGORIES.items():
            headers = {"Cookie": f"session={said['session']}"} if kind == "own" else {}
            for name, path in said[kind].items():
                address = f"http://localhost:{site.port}{path}"
                runs = [scores(address, categories, headers) for _run in range(RUNS)]
                medians = {one: statistics.median(run[one] for run in runs) for one in categories}
                print(name, *(f"{one} {score:.0f}" for one, score in medians.items()), sep="  ")


if __name__ == "__main__":
    main()
