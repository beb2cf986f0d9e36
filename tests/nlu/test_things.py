"""Everyday things: a text that names one which no sample names is a stranger's sooner."""

import numpy as np
import pytest

from daehwa.nlu import confidence, things
from daehwa.nlu.quality import RECIPES

WEIGHING = [recipe for recipe in RECIPES.values() if recipe.things]
SIGNS = {"thing", "thing crowd", "things", "things spread", "foreign thing"}


def of(recipe, text, samples):
    known = things.named(recipe, recipe.encode(samples))
    return things.nearness(recipe, recipe.encode((text,))[0], known)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_thing_is_listed_once(language):
    listed = things.texts(language)
    assert len(set(listed)) == len(listed) > 400


@pytest.mark.parametrize("recipe", WEIGHING, ids=lambda recipe: recipe.name)
def test_the_shipped_vectors_are_those_of_the_encoders(recipe):
    vectors, listed = things.vectors(recipe), things.texts(recipe.things)
    assert vectors.shape == (len(listed), recipe.width)
    for place in (0, len(listed) // 2, len(listed) - 1):
        own = recipe.encode((listed[place],))[0]
        parts = zip(recipe.parts(vectors[place]), recipe.parts(own), strict=True)
        assert min(float(one @ other) for one, other in parts) > 0.999


@pytest.mark.parametrize(
    ("recipe", "samples", "own", "foreign"),
    [
        (
            "small_en",
            ("mend my shoes", "the heel came off my boots", "new soles for my shoes"),
            "could you mend these shoes",
            "could you mend these curtains",
        ),
        (
            "small_ko",
            ("구두 굽 갈아 주세요", "신발 수선 맡길게요", "부츠 지퍼가 고장 났어요"),
            "신발 고쳐 주세요",
            "커튼 고쳐 주세요",
        ),
    ],
)
def test_a_thing_that_no_sample_names_is_foreign(recipe, samples, own, foreign):
    known, strange = (of(RECIPES[recipe], text, samples) for text in (own, foreign))
    assert strange.foreign > known.foreign + 0.1


@pytest.mark.parametrize(
    ("recipe", "plain", "vague"),
    [
        ("small_en", "cancel the taxi", "well we shall not be coming after all"),
        ("small_ko", "택시 취소해 주세요", "아무래도 그날은 못 갈 것 같네요"),
    ],
)
def test_who_names_a_thing_is_nearer_to_one_than_who_hints(recipe, plain, vague):
    named, hinted = (of(RECIPES[recipe], text, (plain,)) for text in (plain, vague))
    assert named.nearest - named.usual > hinted.nearest - hinted.usual
    assert named.nearest >= named.crowd >= named.usual


def test_a_recipe_without_things_has_no_nearness():
    recipe = RECIPES["balanced"]
    known = things.named(recipe, np.zeros((1, recipe.width), dtype=np.float32))
    assert known.shape == (0,)
    assert things.nearness(recipe, np.ones(recipe.width, np.float32), known) == things.NOTHING


def test_only_networks_that_were_taught_with_things_weigh_them():
    weighing = {
        name for name, one in RECIPES.items() if SIGNS & {*confidence._network(one.network).names}
    }
    assert weighing == {recipe.name for recipe in WEIGHING}
