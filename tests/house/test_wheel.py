"""``pip install .`` alone gives a working library: everything that is not code is inside the wheel."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel pip builds of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment away from the checkout with the wheel in it; its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("away")
    venv.create(folder / "env", with_pip=False)
    (packages,) = (folder / "env").glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    (here,) = {Path(path) for path in sys.path if path.endswith("site-packages")}
    # The path of this environment comes last and without its .pth files, so that the checkout stays out of sight.
    (packages / "dependencies.pth").write_text(f"{here}\n", encoding="utf-8")
    return folder


def run(installed, *arguments):
    """Run Python with the wheel, in an empty folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    command = [installed / "env" / "bin" / "python", *arguments]
    return subprocess.run(
        command, cwd=installed, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("folder", ["corpora/registry", "corpora/samples"])
def test_the_wheel_carries_every_file_of_a_data_folder(wheel, folder):
    listed = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("needs a git checkout to know which files belong to the project")
    tracked = {name for name in listed.stdout.decode("utf-8").split("\0") if name}
    with zipfile.ZipFile(wheel) as archive:
        inside = {name.removeprefix("parcc_nlp/") for name in archive.namelist()}
    assert tracked
    assert tracked <= inside


def test_the_wheel_carries_every_data_file_of_the_package(wheel):
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "parcc_nlp").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        assert wanted <= set(archive.namelist())


def test_the_wheel_carries_no_tests_and_no_tools(wheel):
    with zipfile.ZipFile(wheel) as archive:
        roots = {name.split("/")[0] for name in archive.namelist()}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"parcc_nlp"}


def test_the_installed_library_stands_away_from_the_checkout(installed):
    answer = run(installed, "-c", "import parcc_nlp; print(parcc_nlp.__file__)")
    assert answer.stdout.startswith(str(installed)), answer.stderr


def test_the_installed_command_answers_from_the_registry_inside_the_wheel(installed):
    question = ("status", "42/2022/NĐ-CP", "--as-of", "2026-07-01", "--format", "json")
    answer = run(installed, "-m", "parcc_nlp.cli", *question)
    assert answer.returncode == 0, answer.stderr
    assert '"status": "expired"' in answer.stdout
    assert "224/2026/NĐ-CP" in answer.stdout


def test_the_installed_command_shows_the_samples_inside_the_wheel(installed):
    answer = run(installed, "-m", "parcc_nlp.cli", "demo")
    assert answer.returncode in (0, 1), answer.stderr
    assert "VB206" in answer.stdout
