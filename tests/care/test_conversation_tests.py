"""``daehwa test``: what a test file says is what is held, compared and reported."""

import asyncio
import json
import re
import textwrap
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.care.talks import salon, without_times

from daehwa import bot
from daehwa.answers.testing import Say, StubOpenAI
from daehwa.care import testing
from daehwa.care.testing.conversation_file import EXPECTED, REQUEST, SETTINGS, FileReader
from daehwa.care.testing.coverage import LocaleVisits

BOOKED = """
now: 2026-05-01T09:00+09:00
locale: ko_KR
turns:
  - user: 목욕 예약할게요
    bot: 크기가 어떻게 되나요?
    intent: Book
    asks: Size
    action: ElicitSlot Size
    slots: {Size: ~, Date: ~}
  - user: 소형견
    slots: {Size: 소형견}
    asks: Date
  - user: 내일
    bot: /2026-05-02에 .*/
    slots: {Date: 2026-05-02}
    state: Fulfilled
    action: Close
    source: intent
    confidence: 0.3
"""


def test_a_conversation_goes_as_its_file_says(desk):
    done = desk.run(text=BOOKED)
    assert (done.status, without_times(done.out)) == (0, "통과 1 …\n")


def test_a_test_may_be_nothing_but_its_turns(desk):
    done = desk.run(
        text="- user: a bath for a big dog\n- bot: Which day?\n  slots: {Size: large}\n"
    )
    assert (done.status, without_times(done.out)) == (0, "1 passed …\n")


def test_three_lines_say_what_was_expected_what_came_and_the_score(desk):
    done = desk.run(
        text=textwrap.dedent("""\
        conversations:
          a booking:
            - user: book a bath
              asks: Size
            - user: big
              bot: [A small one!, ...]
              slots: {Size: small}
            - user: tomorrow
              state: Fulfilled
        """)
    )
    assert done.status == 1
    assert done.out.splitlines()[:4] == [
        f"FAILED {desk.folder / 'talk.yaml'}:5 a booking, turn 2: big",
        "  expected  bot: A small one! / ...; slots.Size: small",
        "  got       bot: A big one! / Which day?; slots.Size: large",
        "  score     Book 1.00, FallbackIntent",
    ]
    assert without_times(done.out.splitlines()[4]) == "0 passed, 1 failed …"


def test_a_file_holds_conversations_in_both_languages(desk):
    done = desk.results(
        text=textwrap.dedent("""\
        now: 2026-05-01T09:00
        conversations:
          시간:
            locale: ko_KR
            turns: [{user: 몇 시에 열어요, bot: 아홉 시에 열어요.}]
          hours:
            - {user: when do you open, bot: At nine.}
        """)
    )
    assert [(each["name"], each["locale"], each["outcome"]) for each in done["results"]] == [
        ("시간", "ko_KR", "passed"),
        ("hours", "en_US", "passed"),
    ]


def test_the_clock_stands_where_the_file_sets_it_and_goes_on_as_it_says(desk):
    """The session of five minutes is over before the second turn."""
    done = desk.run(
        text=textwrap.dedent("""\
        now: 2026-02-28T23:58:00+09:00
        turns:
          - {user: book a bath, asks: Size}
          - {after: 6m, user: big, intent: FallbackIntent}
          - {user: a bath for a big dog, asks: Date}
          - {user: today, slots: {Date: 2026-03-01}}
        """)
    )
    assert (done.status, done.out.partition(" in")[0]) == (0, "1 passed")


def test_messages_are_texts_patterns_cards_or_either(desk):
    done = desk.run(
        text=textwrap.dedent("""\
        conversations:
          to the letter:
            - {user: show me the menu, bot: All of it?, action: ConfirmIntent, confirmation: None}
            - user: yes
              bot: [Here., {card: Menu, buttons: [Bath, Hours]}]
              confirmation: Confirmed
              contexts: []
          roughly:
            - {user: show me the menu, bot: /of/}
            - {user: yes, bot: [{one of: [There., Here.]}, ...]}
          refused:
            - {user: show me the menu, bot: {one of: [/^all/, /^All/]}}
            - {user: no, bot: Then not., confirmation: Denied, state: Failed}
          wrong:
            - {user: show me the menu}
            - {user: yes, bot: [Here., {card: Menu, buttons: [Bath]}]}
        """)
    )
    assert done.out.splitlines()[-1].startswith("3 passed, 1 failed"), done.out
    assert "expected  bot: Here. / [Menu] (Bath)" in done.out
    assert "got       bot: Here. / [Menu] (Bath, Hours)" in done.out


def test_attributes_are_sent_and_compared(desk):
    done = desk.run(
        text=textwrap.dedent("""\
        attributes: {plan: gold}
        turns:
          - user: book a bath
            attributes: {plan: gold, other: ~}
          - user: big
            with: {attributes: {plan: silver}}
            attributes: {plan: silver}
            expect: {sessionState: {intent: {confirmationState: None}}}
        """)
    )
    assert (done.status, done.out.partition(" in")[0]) == (0, "1 passed")


# --- code hooks -----------------------------------------------------------------------

HOOK = '''
def lambda_handler(event, context):
    """Books, and refuses what is large."""
    state = event["sessionState"]
    large = state["intent"]["slots"]["Size"]["value"]["interpretedValue"] == "large"
    state["intent"]["state"] = "Failed" if large else "Fulfilled"
    return {
        "sessionState": {
            "intent": state["intent"],
            "dialogAction": {"type": "Close"},
            "sessionAttributes": {"booked": "no" if large else "yes"},
        },
        "messages": [{"contentType": "PlainText", "content": "by the hook"}],
    }
'''


def test_hooks_really_run(desk):
    """In a process of their own, from beside the configuration that names them."""
    desk.write("shop/salon_hook.py", HOOK)
    desk.write("shop/daehwa.toml", '[[hooks]]\npython = "salon_hook:lambda_handler"\n')
    done = desk.run(
        "--config",
        desk.folder / "shop" / "daehwa.toml",
        text=textwrap.dedent("""\
        conversations:
          booked:
            - user: a bath for a small dog
            - user: tomorrow
              bot: by the hook
              attributes: {booked: yes}
              state: Fulfilled
          refused:
            - user: a bath for a big dog
            - {user: tomorrow, attributes: {booked: no}, state: Failed}
          replaced:
            hooks: {"salon_hook:lambda_handler": by the test}
            turns:
              - user: a bath for a big dog
              - {user: tomorrow, bot: by the test, state: Fulfilled}
        """),
    )
    assert (done.status, done.out.partition(" in")[0]) == (0, "3 passed"), done.out


def test_what_a_hook_raised_is_shown_with_its_place(desk):
    """To the visitor Lex says no more than that it failed; who tests it is to mend it."""
    desk.write("salon_hook.py", "def handler(event, context):\n    return event['Sizee']\n")
    desk.write("daehwa.toml", '[[hooks]]\npython = "salon_hook:handler"\n')
    text = "- user: a bath for a big dog\n- user: tomorrow\n"
    done = desk.run("--config", desk.folder / "daehwa.toml", text=text)
    assert done.status == 1
    assert "KeyError: 'Sizee'" in done.out
    assert "salon_hook.py" in done.out
    assert "DependencyFailedException" in done.out


def test_a_file_says_what_hooks_reply(desk):
    done = desk.run(
        text=textwrap.dedent("""\
        conversations:
          in few words:
            hooks: {Book: {messages: [Sorry.], state: Failed, attributes: {full: yes}}}
            turns:
              - user: a bath for a big dog
              - {user: tomorrow, bot: Sorry., state: Failed, attributes: {full: yes}}
          one after the other:
            hooks:
              Book:
                - {action: ElicitSlot Date, messages: Another day?, slots: {Date: ~}}
                - It is done.
            turns:
              - user: a bath for a big dog
              - {user: tomorrow, bot: Another day?, asks: Date}
              - {user: today, bot: It is done., state: Fulfilled}
          to the letter:
            hooks:
              "*":
                response:
                  sessionState:
                    dialogAction: {type: Close}
                    intent: {name: Book, state: Fulfilled}
                  messages: [{contentType: PlainText, content: verbatim}]
            turns:
              - user: a bath for a big dog
              - {user: tomorrow, bot: verbatim}
          broken:
            hooks: {Book: {raises: the database is away}}
            turns:
              - user: a bath for a big dog
              - {user: tomorrow, error: DependencyFailedException}
        """)
    )
    assert (done.status, done.out.partition(" in")[0]) == (0, "4 passed"), done.out


def test_a_hook_without_a_reply_left_fails_the_test(desk):
    done = desk.run(
        text="hooks: {Book: []}\nturns:\n  - user: a bath for a big dog\n  - user: tomorrow\n"
    )
    assert done.status == 1
    assert "hooks.Book was called more often than it has replies" in done.out


# --- models ---------------------------------------------------------------------------


def test_a_file_says_what_a_model_answers(desk):
    done = desk.run(
        text=textwrap.dedent("""\
        conversations:
          nobody:
            - {user: may I bring my cat, intent: FallbackIntent, source: intent}
          in order:
            model: [Yes you may.]
            turns:
              - {user: may I bring my cat, bot: Yes you may., source: chatgpt}
          by question:
            model:
              /.*cat.*/: {answer: Cats are welcome., source: documents}
              is there parking: Behind the house.
            turns:
              - {user: is there parking, bot: Behind the house., source: chatgpt}
              - {user: may I bring my cat, bot: Cats are welcome., source: documents}
          one too few:
            model: []
            turns: [{user: may I bring my cat}]
        """)
    )
    assert done.status == 1
    assert "a model was asked 'may I bring my cat', which has no answer" in done.out
    assert done.out.splitlines()[-1].startswith("3 passed, 1 failed")


async def test_a_model_is_recorded_once_and_replayed(desk, monkeypatch):
    text = "model: recorded\nturns: [{user: is there parking, bot: Behind., source: chatgpt}]\n"
    desk.write("tests/parking.yaml", text)
    async with StubOpenAI(default=Say("Behind.")) as stub:
        monkeypatch.setenv("OPENAI_BASE_URL", stub.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "a-key")
        missing = await in_thread(desk.run)
        recorded = await in_thread(desk.run, "--record")
    assert missing.status == 1
    assert "run with --record" in missing.out
    assert recorded.status == 0, recorded.out
    (row,) = json.loads((desk.folder / "tests/parking.answers.json").read_text("utf-8"))
    assert (row["question"], row["answer"]) == ("is there parking", "Behind.")
    assert (await in_thread(desk.run)).status == 0, "nobody is there to be asked"


async def in_thread(call, *words):
    return await asyncio.to_thread(call, *words)


# --- test sets ------------------------------------------------------------------------

COLUMNS = "Line #,Conversation #,Source,Input,Expected Output Intent"
TEST_SET = f"""\
{COLUMNS},Expected Output Slot 1,Expected Output Slot 2
1,1,User,목욕 예약할게요,Book,,
2,1,Agent,크기가 어떻게 되나요?,,,
3,1,User,소형견,Book,Size = 소형견,
4,1,Agent,언제 오실래요?,,,
5,1,User,내일,Book,Size = 소형견,Date = 2026-05-02
6,NA,User,몇 시에 열어요,Hours,,
7,2,User,소형견 목욕 예약,Book,Size = 대형견,
8,2,Agent,어느 날이 좋으세요?,,,
"""


def test_a_lex_test_set_is_read_as_conversations(desk):
    path = desk.write("set.csv", TEST_SET)
    words = (path, "--locale", "ko_KR", "--now", "2026-05-01T09:00")
    results = desk.results(*words)["results"]
    assert [(each["name"], each["outcome"]) for each in results] == [
        ("conversation 1", "passed"),
        ("line 7", "passed"),
        ("conversation 2", "failed"),
    ]
    assert results[2]["turns"][0]["unmet"] == [
        {"member": "slots.Size", "expected": "대형견", "came": "소형견"},
        {"member": "agent", "expected": "어느 날이 좋으세요?", "came": "언제 오실래요?"},
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,1,Usr,hello,Book,", 'set.csv:2: the Source is "Usr": write User or Agent'),
        ("1,1,User,hello,Book,Size", 'Expected Output Slot 1 is "Size": write it as Slot = words'),
    ],
)
def test_a_row_of_a_test_set_that_says_nothing_is_an_error(tmp_path, row, why):
    path = tmp_path / "set.csv"
    path.write_text(f"{COLUMNS},Expected Output Slot 1\n{row}\n", "utf-8")
    with pytest.raises(testing.TestingError, match=re.escape(why)):
        testing.read_conversations([path])


# --- the command ----------------------------------------------------------------------

TWO = """
conversations:
  good: [{user: when do you open, intent: Hours}]
  bad: [{user: when do you open, intent: Book}]
  good again: [{user: when do you open, bot: Nine o'clock.}]
"""


def test_words_choose_conversations(desk):
    assert desk.results("-k", "good", text=TWO)["passed"] == 2
    assert desk.results("-k", "good not again", text=TWO)["passed"] == 1
    none = desk.run("-k", "nothing", text=TWO)
    assert (none.status, none.out) == (2, "")
    assert "none of 3 conversations has 'nothing'" in none.err


def test_the_first_failure_can_end_it(desk):
    assert len(desk.results("-x", text=TWO)["results"]) == 2


def test_a_conversation_is_skipped_with_its_reason(desk):
    done = desk.run(
        text=textwrap.dedent("""\
        conversations:
          later: {skip: the hours change in May, turns: [{user: when do you open}]}
          elsewhere: {bot: OtherBot, turns: [{user: hello}]}
        """)
    )
    assert done.status == 0
    assert "skipped 1: the hours change in May\n" in done.out
    assert "skipped 1: it is with the bot OtherBot\n" in done.out


def test_ci_gets_junit(desk):
    report = desk.folder / "report.xml"
    assert desk.run("--junit", report, text=TWO).status == 1
    (suite,) = ET.parse(report).getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    failure = suite.find("testcase[@name='bad']/failure")
    assert "expected  intent: Book" in failure.text
    assert "got       intent: Hours" in failure.text


def test_what_no_test_visits(desk):
    text = "- {user: book a bath}\n- {user: big}\n- {user: tomorrow}\n"
    coverage = desk.results("--coverage", text=text)["coverage"]
    assert set(coverage["intents"]["missing"]["en_US"]) == {"FallbackIntent", "Hours", "Menu"}
    assert (coverage["slots"]["visited"], coverage["slots"]["total"]) == (2, 2)
    (branch,) = coverage["branches"]["missing"]["en_US"]
    assert branch.startswith("Book.Size.")
    assert branch.endswith(": default")
    assert sorted(coverage["samples"]["missing"]["en_US"]) == [
        "Book: a bath for a {Size} dog",
        "Hours: when do you open",
        "Menu: show me the menu",
    ]
    assert desk.run("--fail-under", "50", text=text).status == 0
    low = desk.run("--fail-under", "90", text=text)
    assert low.status == 1
    assert "(--fail-under)" in low.err


@pytest.mark.parametrize(
    ("sample", "text", "visited"),
    [
        ("a {Size} {Date} please", "a big tomorrow, please", True),
        ("{Size}, {Date}", "big tomorrow", True),
        ("{Size} {Date}!", "Big tomorrow", True),
        ("a {Size} {Date} please", "a big one tomorrow", False),
    ],
)
def test_a_sample_is_visited_with_anything_in_the_place_of_its_slots(sample, text, visited):
    utterance = bot.SampleUtterance(utterance=sample)
    book = bot.Intent(name="Book", sample_utterances=(utterance,))
    visits = LocaleVisits(bot.BotLocale(identifier="en_US", intents={"Book": book}))
    visits.say(text)
    assert visits.samples == {f"Book: {sample}": visited}


def test_a_file_is_looked_for_here_and_then_in_the_bots_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inside = tmp_path / "salon" / "tests" / "hours.yaml"
    inside.parent.mkdir(parents=True)
    inside.touch()
    given = Path("tests/hours.yaml")
    assert testing.test_files([given], Path("salon")) == [Path("salon") / given]
    Path("tests").mkdir()
    given.touch()
    assert testing.test_files([given], Path("salon")) == [given]


def test_tests_are_in_the_folder_tests(desk):
    desk.write("tests/hours.yaml", "- {user: when do you open, intent: Hours}\n")
    desk.write("tests/more/again.yml", "- {user: when do you open, intent: Hours}\n")
    assert desk.run().out.startswith("2 passed")


def test_a_test_finds_the_bot_around_it(desk, salon_files):
    """In the folder of the bot, from there and from elsewhere; the bot is an export's folder."""
    bot.save(bot.load(desk.bot_path), desk.folder / "shop")
    talk = desk.write("shop/tests/hours.yaml", "- {user: when do you open, intent: Hours}\n")
    assert desk.run(bot_path=talk).status == 0


def test_a_networks_members_are_those_beside_it(desk, tmp_path):
    member = bot.BotMember(bot_member_id=bot.bot_id(salon()), bot_member_name="Salon")
    network = bot.Bot(
        name="Desk",
        identifier="NETDESK001",
        bot_type="BotNetwork",
        bot_members=(member,),
        locales={"en_US": bot.BotLocale(identifier="en_US")},
    )
    path = tmp_path / "bots" / "Desk.zip"
    path.parent.mkdir()
    bot.save(network, path)
    text = "- {user: when do you open, intent: Hours}\n- {user: book a bath, asks: Size}\n"
    alone = desk.run(text=text, bot_path=path)
    assert alone.status == 2
    assert f"a member of the network is not beside it: Salon ({member.bot_member_id})." in alone.err
    bot.save(salon(), tmp_path / "bots" / "Salon.zip")
    assert desk.run(text=text, bot_path=path).status == 0


def test_a_file_may_name_its_bot(desk):
    desk.write("tests/own.yaml", f"bot: {desk.bot_path}\nturns: [{{user: when do you open}}]\n")
    done = desk.run(bot_path=desk.folder / "tests" / "own.yaml")
    assert (done.status, done.out.partition(" in")[0]) == (0, "1 passed")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("conversatons: {}", ":1:1: 'conversatons' is not known here. Write 'conversations'."),
        ("- user: hi\n  itent: Book\n", ":2:3: 'itent' is not known here. Write 'intent'."),
        ("- user: hi\n  action: Closed\n", ":2:3: 'action' cannot be 'Closed'. Write Close."),
        ("- user: hi\n  bot: /(/\n", ":2:3: /(/ is not a regular expression"),
        ("- user: hi\n  bot: [..., x]\n", ":2:9: '...' has to be at the end"),
        ("- user: hi\n  confidence: high\n", ":2:3: 'confidence' is a number from 0 to 1."),
        ("- user: hi\n  after: soon\n", ":2:3: 'soon' is not a length of time"),
        ("- hello\n", ":1:3: a turn is a mapping"),
        ("- bot: hello\n", ":1:3: the first turn needs 'user'"),
        ("now: May\nturns: [{user: hi}]\n", ":1:1: 'May' is not a time"),
        ("hooks: {Book: {mesages: hi}}\nturns: [{user: hi}]\n", "Write 'messages'."),
        ("model: [{answer: null}]\nturns: [{user: hi}]\n", ":1:10: 'answer' has no value: leave"),
        ("model: {hi: ~}\nturns: [{user: hi}]\n", ":1:9: 'hi' has no value"),
        ("hooks: {Book: true}\nturns: [{user: hi}]\n", ":1:9: true is not a text here: put it in"),
        (
            "hooks: {Book: {confirmation: true}}\nturns: [{user: hi}]\n",
            "'confirmation' cannot be 'true'. Write Confirmed, Denied, None.",
        ),
        (
            "hooks: {Book: {action: ElicitSlots Size}}\nturns: [{user: hi}]\n",
            "'action' cannot be 'ElicitSlots Size'. Write ElicitSlot.",
        ),
        ("- user: hi\n  intent:\n", ":2:3: 'intent' has no value"),
        ("- user: hi\n  bot: ~\n", ":2:3: this is empty"),
        ("- user: hi\n  slots: {Sise: big}\n", ":1: no intent has the slot 'Sise'. Write 'Size'."),
        ("- user: hi\n  asks: Dat\n", ":1: no intent has the slot 'Dat'. Write 'Date'."),
        ("- user: hi\n  intent: Bok\n", ":1: there is no intent 'Bok'. Write 'Book'."),
        ("turns: [{user: hi}\n", ":1:8: the [ that opens here is not closed"),
        ("locale: fr_FR\nturns: [{user: hi}]\n", "does not speak fr_FR. Write one of en_US, ko_KR"),
    ],
)
def test_a_slip_is_reported_with_its_place_and_cure(desk, text, problem):
    done = desk.run(text=text)
    assert done.status == 2
    assert problem in done.err


def test_all_slips_are_reported_at_once(desk):
    first = desk.write("a.yaml", "- user: hi\n  itent: A\n  stat: B\n")
    second = desk.write("b.yaml", "- bot: hi\n")
    assert len(desk.run(first, second).err.splitlines()) == 3


def test_a_bot_that_cannot_be_read_is_no_failure_of_tests(desk):
    broken = desk.write("Broken.zip", "no zip")
    done = desk.run(desk.write("a.yaml", "- user: hi\n"), bot_path=broken)
    assert done.status == 2


def test_editors_get_a_schema_of_what_is_read(desk):
    schema = json.loads(desk.run("--schema").out)
    turn = schema["$defs"]["turns"]["items"]["properties"]
    assert set(turn) == {*EXPECTED, *REQUEST}
    assert {*SETTINGS, "conversations", "turns"} == set(schema["oneOf"][1]["properties"])


def test_a_change_runs_them_again(desk, monkeypatch):
    """A test that failed is mended while the command waits."""
    talk = desk.write("talk.yaml", "- {user: when do you open, intent: Book}\n")

    def mend(seconds):
        if "Book" not in talk.read_text("utf-8"):
            raise KeyboardInterrupt
        talk.write_text("- {user: when do you open, intent: Hours}\n", "utf-8")

    monkeypatch.setattr("daehwa.cli.conversation_tests.sleep", mend)
    done = desk.run(talk, "--watch")
    assert [line.partition(" in ")[0] for line in done.out.splitlines()[4:]] == [
        "0 passed, 1 failed",
        "1 passed",
    ]


PAGE = Path(__file__).parents[2] / "docs" / "testing.md"
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("block", [each for each in BLOCKS if ".github" not in each])
def test_the_pages_examples_are_read(block):
    """Settings that stand alone get a turn."""
    whole = block if "user:" in block else f"{block}turns: [{{user: hello}}]\n"
    reader = FileReader(bot.read_yaml(whole, "page"), "page")
    assert list(reader.conversations("page"))
    assert reader.problems == []


def test_the_shortest_test_of_the_page_passes(desk):
    desk.write("tests/hello.yaml", next(each for each in BLOCKS if "tests/hello.yaml" in each))
    hello = bot.bundled()["HelloWorldBot"]
    assert desk.run(desk.folder / "tests", bot_path=hello).status == 0
