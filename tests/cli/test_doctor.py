"""What ``daehwa doctor`` tries beside what answers."""

import pytest

from daehwa import answers
from daehwa.cli import doctor
from daehwa.conversation import AnsweringSetting, AnswerName, Opening, Settings

MODELS = tuple(
    answers.ModelSetting(name=name, base_url="http://127.0.0.1:1/v1", model="m")
    for name in ("first", "second", "third", "fourth")
)


@pytest.mark.parametrize(
    ("settings", "chosen", "tried"),
    [
        (Settings(models=MODELS), None, []),
        (Settings(models=MODELS, answer=("first", "fourth")), None, ["second", "third"]),
        (
            Settings(
                models=MODELS,
                answer=("gpt-3.5-turbo",),
                aliases={"gpt-3.5-turbo": "fourth"},
                answering=(AnsweringSetting(bot="Shop", answer=("second",)),),
            ),
            None,
            ["first", "third"],
        ),
        (Settings(models=MODELS, answer=("first",)), AnswerName("none"), []),
    ],
)
def test_models_that_answer_nobody_are_tried_too(settings, chosen, tried):
    reserve = doctor._in_reserve(settings, Opening(answer=chosen))
    assert [one.name for one in reserve] == tried
