"""Write static/vendor anew from the npm package; run by `make vendor`, at update time only.

Takes nothing and asks the npm registry; leaves one folder, named by version, with the style sheet,
the licence and a manifest.
"""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import brotli

BOOTSTRAP = "5.3.9"
SASS = "1.108.2"

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent.parent / "static" / "vendor"

# Parts that come along with a part in use, and that no page of ours uses.
UNUSED = re.compile(
    r"form-control-(plaintext|color|lg|sm)|form-select-(lg|sm)|form-switch|form-check-reverse"
    r"|btn-check|col-form-label|blockquote|initialism|-tooltip|was-validated|list-inline"
    r"|textarea\.form-control-|::-(webkit|moz)-color|(d|justify-content|align-items|flex)-(sm|lg)-"
    r"|text-(sm|md|lg)-(start|end|center)"
)


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command in a folder and give what it prints."""
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


def drop_unused(css: str) -> str:
    """Take the selectors of unused parts out of a compressed style sheet."""

    def keep_used(rule: re.Match[str]) -> str:
        selectors = re.split(r",(?![^(]*\))", rule[1])
        used = [selector for selector in selectors if not UNUSED.search(selector)]
        return ",".join(used) + rule[2] if used else ""

    css = re.sub(r"([^{}@]+)(\{[^{}]*\})", keep_used, css)
    return re.sub(r"@media[^{]*\{\}", "", css)


def main() -> None:
    """Fetch, check, compile, cut and write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # npm refuses a package that differs from what the registry vouches for.
        packages = [f"bootstrap@{BOOTSTRAP}", f"sass@{SASS}"]
        run("npm", "install", "--omit=optional", "--ignore-scripts", *packages, cwd=folder)
        lock = json.loads((folder / "package-lock.json").read_text("utf-8"))
        package = folder / "node_modules/bootstrap"
        css = run(
            folder / "node_modules/.bin/sass",
            f"--load-path={package / 'scss'}",
            "--style=compressed",
            "--no-source-map",
            "--no-charset",
            "--quiet",
            HERE / "bootstrap.scss",
            cwd=folder,
        )
        css = f"/*! Bootstrap {BOOTSTRAP}, cut; MIT, see LICENSE beside */{drop_unused(css)}"

        for old in VENDOR.glob("bootstrap-*"):
            shutil.rmtree(old)
        target = VENDOR / f"bootstrap-{BOOTSTRAP}"
        target.mkdir(parents=True)
        (target / "bootstrap.min.css").write_text(css, encoding="utf-8")
        shutil.copy(package / "LICENSE", target / "LICENSE")
        manifest = {
            "name": "bootstrap",
            "version": BOOTSTRAP,
            "integrity": lock["packages"]["node_modules/bootstrap"]["integrity"],
            "compiler": f"sass {SASS}",
        }
        (target / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    print(f"{target.name}: {len(css):,} bytes, {len(brotli.compress(css.encode())):,} with Brotli")


if __name__ == "__main__":
    main()
