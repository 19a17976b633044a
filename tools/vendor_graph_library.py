"""Bring a version of the graph library of the html page (cytoscape.js) into the package, with its licence.

The package is fetched by npm, which checks it against the digest of its registry; the minified file and the licence are
copied as they are, and the page beside them that names version and digest is written anew.

    python tools/vendor_graph_library.py 3.34.4
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "parcc_nlp" / "graph" / "drawing" / "vendor" / "cytoscape"
PACKAGE = "cytoscape"
LICENCE = "MIT"
FILES = {"package/dist/cytoscape.min.js": "cytoscape.min.js", "package/LICENSE": "LICENSE"}
PAGE = """# cytoscape.js

Version {version} of the npm package `{package}` ({homepage}), licence {licence} (`LICENSE`). The file is
`dist/cytoscape.min.js` as the package has it, unchanged; its SHA-256 is

    {digest}

It is put into the html page of a graph (`parcc_nlp/graph/drawing/page.py`). Another version:

    python tools/vendor_graph_library.py VERSION
"""


def main() -> None:
    """Fetch the wanted version and put its files in place."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("version", help="a version of the package, for example 3.34.4")
    version = parser.parse_args().version
    npm = shutil.which("npm")
    if npm is None:
        parser.error("npm is not installed (Debian: apt-get install npm)")
    with tempfile.TemporaryDirectory() as scratch:
        command = [npm, "pack", "--silent", f"{PACKAGE}@{version}"]
        subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - npm itself
        (archive,) = Path(scratch).glob("*.tgz")
        write(archive)


def write(archive: Path) -> None:
    """Copy the files out of an archive of the package and write the page about them.

    Raises
    ------
    SystemExit
        The package has another licence than the one that was looked at.
    """
    with tarfile.open(archive) as opened:
        said = json.loads(content(opened, "package/package.json"))
        if said["license"] != LICENCE:
            raise SystemExit(f"licence {said['license']}, not {LICENCE}: look at it before taking it over")
        FOLDER.mkdir(parents=True, exist_ok=True)
        for inside, name in FILES.items():
            (FOLDER / name).write_bytes(content(opened, inside))
    (FOLDER / "README.md").write_text(page(said), encoding="utf-8")
    print(f"{PACKAGE} {said['version']} → {FOLDER}")


def page(said: dict[str, str]) -> str:
    """Word the page that names version, source and digest."""
    digest = hashlib.sha256((FOLDER / "cytoscape.min.js").read_bytes()).hexdigest()
    homepage = said["homepage"].replace("http://", "https://")
    return PAGE.format(
        version=said["version"], package=PACKAGE, homepage=homepage, licence=said["license"], digest=digest
    )


def content(opened: tarfile.TarFile, inside: str) -> bytes:
    """Read one file of the archive."""
    found = opened.extractfile(inside)
    if found is None:
        raise SystemExit(f"{inside} is no file")
    return found.read()


if __name__ == "__main__":
    main()
