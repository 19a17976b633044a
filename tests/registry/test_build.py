"""The shipped data are what the build script makes of the facts, to the byte."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "corpora" / "registry"


@pytest.mark.shared
def test_building_again_gives_the_files_that_are_shipped(shared_dir, tmp_path):
    copy = tmp_path / "corpora" / "registry"
    copy.mkdir(parents=True)
    (copy / "curation").symlink_to(FOLDER / "curation")
    (tmp_path / "tools").mkdir()
    script = tmp_path / "tools" / "build_registry.py"
    script.write_text((ROOT / "tools" / "build_registry.py").read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run(
        [sys.executable, str(script), "--facts", str(shared_dir / "facts")], check=True, capture_output=True, cwd=ROOT
    )
    made = {path.name: path.read_bytes() for path in copy.glob("*.*") if path.is_file()}
    assert "instruments.csv" in made
    for name, content in made.items():
        assert content == (FOLDER / name).read_bytes(), name
