"""What the first page is told: who speaks, and what can be said."""

from tests.conversation.conftest import ScriptedAnswerer

from daehwa.conversation import Settings
from daehwa.conversation.page_settings import PageLocale, PageSetting


async def config(running, answerer=None, **options):
    async with running(answerer, **options) as runtime:
        return await runtime.chat.config("ko_KR")


def spoken(told, bot_id, locale_id):
    (locales,) = [one.locales for one in told.bots if one.id == bot_id]
    return next(one for one in locales if one.id == locale_id)


async def test_the_first_page_speaks_from_the_bots_file(running):
    hello = spoken(await config(running), "HELLOWORLD", "ko_KR")
    assert hello.about == "인사를 나누고 이름을 묻는 첫 번째 봇"
    assert hello.starters == ("안녕하세요",)
    assert hello.notes == {"안녕하세요": "인사하고 이름을 묻습니다."}


async def test_a_locales_own_description_goes_before_the_bots(running):
    told = await config(running)
    assert spoken(told, "PADOBOOKS1", "en_US").about == "Pado Books, a small bookshop by the sea"
    assert spoken(told, "PADOBOOKS1", "ko_KR").about == "바다가 보이는 작은 서점, 파도책방"


async def test_every_starter_of_the_examples_says_what_it_leads_to(running):
    told = await config(running)
    for one in told.bots:
        for spoken_locale in one.locales:
            assert set(spoken_locale.notes) == set(spoken_locale.starters)


async def test_a_bot_of_one_intent_offers_a_question_for_the_model_that_answers_the_rest(running):
    told = await config(running, ScriptedAnswerer("답"))
    hello = spoken(told, "HELLOWORLD", "ko_KR")
    assert hello.starters == ("안녕하세요", "대한민국의 수도는 어디인가요?")
    assert set(hello.notes) == set(hello.starters)
    assert len(spoken(told, "PADOBOOKS1", "ko_KR").starters) == 4


async def test_the_operators_words_stand_alone(running):
    words = PageLocale(greeting="어서 오세요.", starters=("영업시간 알려줘", "안녕"))
    settings = Settings(page=PageSetting(locales={"ko_KR": words}))
    told = await config(running, ScriptedAnswerer("답"), settings=settings)
    hello = spoken(told, "HELLOWORLD", "ko_KR")
    assert (hello.greeting, hello.about) == ("어서 오세요.", None)
    assert hello.starters == ("영업시간 알려줘", "안녕")
    assert hello.notes == {}
