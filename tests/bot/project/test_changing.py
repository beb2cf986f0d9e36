"""Adding a sample or a synonym changes one line of a project, and nothing of what is around it."""

import difflib

import pytest

from daehwa import bot

SHOP = """\
# The shop's Korean.
intents:
  Order:            # what we live of
    samples:
      - 주문할게요   # the usual one
      - '{Drink} 주세요'

    slots:
      Drink: {type: Drink, prompt: 무엇을 드릴까요?}
  Greet: {samples: [안녕, "안녕하세요"], answer: 어서 오세요!}
  Thanks:
    samples: |
      고마워요
      감사합니다
    answer: 또 오세요.
  Bye:
    answer: 잘 가요.
  One: {samples: 하나, answer: 둘}

slot_types:
  Drink:
    - 커피: [아메리카노]
    - 차
    - 우유:
        - 라떼
  Size:
    values:
      작은 것: 소
      큰 것:
"""


def add(path, new):
    """Add to the bot at a path; the files that changed."""
    return bot.amend(path, bot.load(path), (new,))


def sample(intent, text, locale="ko_KR"):
    return bot.NewSample(locale=locale, intent=intent, utterance=text)


def synonym(slot_type, value, word):
    return bot.NewSynonym(locale="ko_KR", slot_type=slot_type, value=value, synonym=word)


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "bot.yaml").write_text("name: Shop\n", "utf-8")
    (tmp_path / "ko_KR.yaml").write_text(SHOP, "utf-8")
    return tmp_path


def difference(shop):
    """The lines of the locale's file that changed."""
    after = (shop / "ko_KR.yaml").read_text("utf-8")
    lines = difflib.ndiff(SHOP.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def samples(shop, intent):
    known = bot.load(shop).locales["ko_KR"].intents[intent].sample_utterances
    return [sample.utterance for sample in known or ()]


@pytest.mark.parametrize(
    ("intent", "lines"),
    [
        ("Order", ["+       - 커피요"]),
        ("Thanks", ["+       커피요"]),
        ("Bye", ["+     samples:", "+       - 커피요"]),
        (
            "Greet",
            [
                '-   Greet: {samples: [안녕, "안녕하세요"], answer: 어서 오세요!}',
                '+   Greet: {samples: [안녕, "안녕하세요", 커피요], answer: 어서 오세요!}',
            ],
        ),
        (
            "One",
            [
                "-   One: {samples: 하나, answer: 둘}",
                "+   One: {samples: [하나, 커피요], answer: 둘}",
            ],
        ),
    ],
)
def test_a_sample_more_is_one_line(shop, intent, lines):
    before = samples(shop, intent)
    assert add(shop, sample(intent, "커피요")) == (shop / "ko_KR.yaml",)
    assert samples(shop, intent) == [*before, "커피요"]
    assert difference(shop) == lines
    with pytest.raises(bot.AmendmentError, match="already"):
        add(shop, sample(intent, "커피요"))


@pytest.mark.parametrize("text", ["(a) # 꼭", "no: yes", "1", "- a", "sa\"y 'so'", "a, b]"])
def test_any_text_is_added_as_what_it_is(shop, text):
    for intent in ("Order", "Greet", "Bye"):
        add(shop, sample(intent, text))
        assert samples(shop, intent)[-1] == text


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("커피", ["-     - 커피: [아메리카노]", "+     - 커피: [아메리카노, 새것]"]),
        ("차", ["-     - 차", "+     - 차: [새것]"]),
        ("우유", ["+         - 새것"]),
        ("새것", ["+     - 새것"]),
    ],
)
def test_a_synonym_more_is_one_line(shop, value, lines):
    assert add(shop, synonym("Drink", value, "새것"))
    assert [line for line in difference(shop) if line[0] != "?"] == lines
    with pytest.raises(bot.AmendmentError, match="already"):
        add(shop, synonym("Drink", value, "새것"))


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("작은 것", "+       작은 것: [소, 새것]"),
        ("큰 것", "+       큰 것: [새것]"),
        ("새것", "+       새것:"),
    ],
)
def test_values_may_be_a_mapping(shop, value, line):
    add(shop, synonym("Size", value, "새것"))
    assert line in difference(shop)


def test_what_is_not_there_is_named_with_the_nearest_name(shop):
    with pytest.raises(bot.AmendmentError, match=r'"Ordr" is not there.*Order'):
        add(shop, sample("Ordr", "커피요"))
    with pytest.raises(bot.AmendmentError, match="no locale ko"):
        add(shop, sample("Order", "커피요", locale="ko"))
    assert difference(shop) == []


def test_a_project_that_changed_meanwhile_is_left_alone(shop):
    before = bot.load(shop)
    (shop / "ko_KR.yaml").write_text(SHOP.replace("어서 오세요!", "어서요!"), "utf-8")
    with pytest.raises(bot.AmendmentError, match="meanwhile"):
        bot.amend(shop, before, (sample("Order", "커피요"),))


def test_what_cannot_be_added_all_is_added_nowhere(shop):
    text = SHOP.replace("  One: {samples: 하나, answer: 둘}", "  One: {lex: {description: x}}")
    (shop / "ko_KR.yaml").write_text(text, "utf-8")
    with pytest.raises(bot.BotError, match="the samples of One"):
        bot.amend(shop, bot.load(shop), (sample("Order", "커피요"), sample("One", "하나요")))
    assert (shop / "ko_KR.yaml").read_text("utf-8") == text
