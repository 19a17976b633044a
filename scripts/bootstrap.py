"""Make a virtual environment ready for work on this project; do nothing when it already is.

Run by the Makefile with the system's Python, so it uses the standard library only and speaks plainly when something is
missing. What was installed is remembered in a stamp inside the environment, keyed on the content of the project file
and the constraints: a change of either installs again, anything else costs a few milliseconds.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
STAMP = "parcc-bootstrap.sha256"


def main() -> int:
    """Bring the environment up to date and return the exit code of the process."""
    options = _options()
    if sys.version_info[:2] < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; {sys.executable} is {found}.", file=sys.stderr)
        print("Name another one: make PYTHON=/path/to/python3.11 ...", file=sys.stderr)
        return 1
    venv = ROOT / options.venv
    python = venv / "bin" / "python"
    if options.package:
        return _pip(python, *options.package)
    stamp = venv / STAMP
    done = _read(stamp)
    missing = sorted({f"{extra} {_key()}" for extra in options.extra} - done)
    if not missing and python.exists():
        return 0
    failed = 0 if python.exists() else _make_venv(venv)
    if failed:
        return failed
    extras = ",".join(sorted({line.split()[0] for line in missing} | {line.split()[0] for line in done}))
    print(f"Installing parcc_nlp[{extras}] into {options.venv} ...", flush=True)
    failed = _pip(python, "--editable", f"{ROOT}[{extras}]", "--constraint", str(ROOT / "constraints.txt"))
    if failed:
        return failed
    # pip compiles what it copies; an editable package it only points to, and where Python is told to write no caches
    # (PYTHONDONTWRITEBYTECODE) every start of the command would compile all of it again.
    subprocess.call([str(python), "-m", "compileall", "-q", str(ROOT / "parcc_nlp")])
    stamp.write_text("".join(f"{extra} {_key()}\n" for extra in extras.split(",")), encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", default=".venv", help="folder of the environment, from the root of the project")
    parser.add_argument("--extra", action="append", default=[], help="an optional dependency set of pyproject.toml")
    parser.add_argument("--package", action="append", default=[], help="only install this tool into the environment")
    return parser.parse_args()


def _key() -> str:
    """Digest of what decides which packages are installed, and of the Python they are installed for."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _read(stamp: Path) -> set[str]:
    return set(stamp.read_text(encoding="utf-8").splitlines()) if stamp.exists() else set()


def _make_venv(venv: Path) -> int:
    """Create the environment; on Debian, whose python3 comes without venv, install that first."""
    if importlib.util.find_spec("ensurepip") is None:
        failed = subprocess.call([str(ROOT / "scripts" / "install-debian-packages"), "python3-venv"])
        if failed:
            return failed
    print(f"Creating {venv.name} with {sys.executable} ...", flush=True)
    return subprocess.call([sys.executable, "-m", "venv", "--clear", str(venv)])


def _pip(python: Path, *arguments: str) -> int:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    failed = subprocess.call(command)
    if failed:
        print("The packages could not be installed; the lines above say why.", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
