"""The gold effects of real statutes; skipped where the folder with them is absent."""

import json
from pathlib import Path

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.read import read

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "eval" / "effects"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the gold effects are not beside this checkout")
UNITS = ("dieu", "khoan", "diem", "chuong", "muc", "phu_luc")


def key(part):
    return tuple((unit, part[unit]) for unit in UNITS if part.get(unit))


def gold():
    return sorted((FOLDER / "gold").glob("*.json")) if FOLDER.is_dir() else []


@pytest.mark.parametrize("path", gold(), ids=lambda path: path.stem)
def test_the_effects_of_a_real_statute_are_those_of_the_gold(path):
    wanted = json.loads(path.read_text(encoding="utf-8"))
    found = extract_layers(read(FOLDER / wanted["text"]), duties=())
    effects: dict = {}
    for effect in found.effects:
        parts = {key({unit: getattr(part, unit) for unit in UNITS}) for part in effect.parts}
        effects.setdefault((effect.relation, effect.target), (effect.effective, set()))[1].update(parts)
    assert effects == {
        (item["relation"], item["target"]): (item["effective"], {key(part) for part in item["parts"]})
        for item in wanted["effects"]
    }
