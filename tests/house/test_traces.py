"""Nothing in the project names the machine it was made on or a place packages are downloaded from."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written in pieces, or this file would find itself.
TRACES = re.compile(
    "|".join(
        [
            "/" + r"(?:work|farm|home|root|Users|opt|tmp/[a-z]+_jobs)/",
            r"\." + "library/",
            "pypi" + r"\.(?:org|python\.org)",
            "python" + r"hosted\.org",
            "registry\\." + r"(?:npmjs|yarnpkg)",
            "(?:deb|security)" + r"\.debian\.org",
            "--(?:extra-)?" + r"index-url",
        ]
    )
)


def tracked_files():
    """Files git knows; a copy without git (an archive) is not a place to check this."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a checkout to know which files belong to the project")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode("utf-8").split("\0") if name]


def test_no_tracked_file_names_a_machine_path_or_a_registry_host():
    found = []
    for path in tracked_files():
        if not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in TRACES.finditer(text)]
    assert found == []


@pytest.mark.parametrize("trace", ["/wo" + "rk/main", "https://py" + "pi.org/simple", "." + "library/env"])
def test_a_trace_would_be_found(trace):
    assert TRACES.search(f"see {trace} for more")


def test_no_tracked_file_is_larger_than_it_should_be():
    assert [path.name for path in tracked_files() if path.is_file() and path.stat().st_size > 2_000_000] == []
