"""Nothing that is said on the page becomes more than text; the policy stands behind that."""

import json

import pytest_asyncio
from playwright.async_api import expect
from tests.web.attacks import ATTACKS
from tests.web.edges import card, from_model, reply
from tests.web.gateway import Refusal
from tests.web.wire import fail, play

from daehwa import lex, web
from daehwa.chat import ChatIntent

# Elements that the page makes for texts; anything else among them came out of a text.
_LOOK = """() => {
  const allowed = new Set(`A ASIDE BLOCKQUOTE BR BUTTON CODE DD DEL DETAILS DIV DL DT EM FIELDSET
    FORM H1 H2 H3 H4 H5 H6 HR I IMG INPUT LABEL LEGEND LI METER NAV OL P PRE PROGRESS SECTION SPAN
    STRONG SUMMARY TABLE TBODY TD TH THEAD TIME TR UL svg use`.split(/\\s+/));
  const places = "#log *, #drawer *, #polite *, #assertive *, header *";
  const found = [];
  for (const one of document.querySelectorAll(places)) {
    if (!allowed.has(one.tagName)) found.push("element " + one.tagName);
    for (const {name, value} of one.attributes) {
      if (name === "style" && one.matches(".sheet")) continue; // its place, set by the page
      if (/^on|^style$|^srcdoc$|^formaction$/i.test(name)) found.push(`attribute ${name}`);
      if (name === "href" && !/^(https?:|mailto:|tel:|#i-)/i.test(value)) found.push(value);
      const ours = name === "src" && new URL(value, location).origin === location.origin;
      if (name === "src" && !ours && !/^https:/i.test(value)) found.push(value);
    }
    const apart = one.target === "_blank" && one.relList.contains("noopener");
    if (one.tagName === "A" && !apart) found.push("link without noopener");
  }
  return {found, pwned: window.pwnedTimes ?? 0, title: document.title, at: location.href};
}"""


async def untouched(chat):
    """Nothing ran, nothing but text came out, the page is where it was."""
    await chat.page.wait_for_timeout(50)
    seen = await chat.page.evaluate(_LOOK)
    assert seen["found"] == []
    assert seen["pwned"] == 0
    assert seen["at"].startswith("http://127.0.0.1:")


async def _guard(chat):
    """Nothing that a text names leaves the machine, and what runs in the page is counted."""
    await chat.page.route("https://**", lambda route: route.abort())
    await chat.page.evaluate(
        "() => { window.pwned = () => { window.pwnedTimes = (window.pwnedTimes ?? 0) + 1; }; }"
    )


@pytest_asyncio.fixture(loop_scope="session")
async def guarded(same_chat):
    """A new talk on the page that the file's tests share."""
    chat = same_chat
    await chat.page.unroute_all()
    await _guard(chat)
    if await chat.drawer.is_visible():
        await chat.page.keyboard.press("Escape")
    if await chat.said.count():
        await chat.page.locator("#fresh").click()
        await chat.page.locator("#confirm .primary").click()
        await expect(chat.said).to_have_count(0)
    return chat


def test_there_are_a_hundred_and_more():
    assert len(set(ATTACKS)) == len(ATTACKS) > 100


MESSAGES = 10  # as many as Lex gives in one response
BATCHES = [ATTACKS[at : at + MESSAGES] for at in range(0, len(ATTACKS), MESSAGES)]


async def test_what_the_person_says_stays_text(guarded):
    batches = ["\n".join(batch).replace("\x00", "").strip("\ufeff \n")[:1024] for batch in BATCHES]
    for batch in batches:
        await guarded.say(batch)
    await guarded.expect_said(*batches)
    await untouched(guarded)


async def send_all(guarded, server, answer, said="{}"):
    """Have the bot or the model answer with the attacks, a batch a turn, in one long talk."""
    for number, batch in enumerate(BATCHES):
        server.on(said.format(number), answer(batch))
        await guarded.say(said.format(number))


# What the bot does not hear: the model answers.
QUESTION = "{}번째 물음이에요"


async def test_what_the_bot_says_stays_text(guarded, server):
    await send_all(guarded, server, lambda batch: reply(*batch))
    texts = await guarded.bubbles.evaluate_all("all => all.map(one => one.textContent)")
    assert texts == ATTACKS
    await untouched(guarded)


async def test_speech_marks_are_taken_out_and_the_rest_stays_text(guarded, server):
    await send_all(
        guarded,
        server,
        lambda batch: reply(
            *({"contentType": "SSML", "content": f"<speak>{one}</speak>"} for one in batch)
        ),
    )
    await untouched(guarded)


async def test_what_the_model_says_is_markdown_and_no_more(guarded, server):
    def answer(batch):
        text = "\n\n".join(batch)
        return from_model(*(text[at : at + 40] for at in range(0, len(text), 40)))

    await send_all(guarded, server, answer, QUESTION)
    await untouched(guarded)


async def test_each_attack_alone_is_markdown_and_no_more(guarded):
    for number, batch in enumerate(BATCHES):
        messages = tuple(lex.Message(content_type="PlainText", content=one) for one in batch)
        await play(guarded, f"{number}", "\n".join(batch), messages=messages)
        await guarded.say(f"{number}")
    await expect(guarded.bubbles).to_have_count(len(ATTACKS))
    await untouched(guarded)


async def test_custom_payloads_are_no_way_in(guarded, server):
    def answer(batch):
        texts = [*batch[:5], *(json.dumps({"html": attack}) for attack in batch[5:])]
        return reply(*({"contentType": "CustomPayload", "content": text} for text in texts))

    await send_all(guarded, server, answer)
    await untouched(guarded)


async def test_card_fields_stay_text(guarded, server):
    await send_all(
        guarded,
        server,
        lambda batch: reply(*(card(one, (one, one), subtitle=one, image=one) for one in batch)),
    )
    titles = await guarded.cards.locator(".card-title").evaluate_all(
        "all => all.map(one => one.textContent)"
    )
    assert titles == ATTACKS
    await untouched(guarded)


async def test_slots_names_and_notices_stay_text_also_in_the_drawer(guarded):
    await guarded.page.locator("#menu-button").click()
    await guarded.page.locator("#details").click()
    await expect(guarded.drawer).to_be_visible()
    for number, batch in enumerate(BATCHES):
        values = {
            one: lex.SlotValue(original_value=one, interpreted_value=f"{one}!") for one in batch
        }
        every = "\n".join(batch)
        await play(
            guarded,
            f"{number}",
            f"{every}님 맞나요?",
            source="intent",
            intent=ChatIntent(name=every),
            interpretations=(lex.Interpretation(intent=lex.Intent(name=every)),),
            slots={one: lex.Slot(value=value) for one, value in values.items()},
            notice=every,
            model=every,
            request_id=every,
        )
        await guarded.say(f"{number}")
        await expect(guarded.drawer).to_contain_text(batch[0].replace("\x00", ""))
    await untouched(guarded)


async def test_error_texts_stay_text(guarded):
    for number, batch in enumerate(BATCHES):
        await fail(guarded, f"{number}", batch[0], "\n".join(batch), batch[1])
        await guarded.say(f"{number}")
    await expect(guarded.problems).to_have_count(len(BATCHES))
    await untouched(guarded)


async def test_refusals_stay_text(chat, gateway):
    await _guard(chat)
    gateway.refusals = [Refusal(400, batch[0], "\n".join(batch)) for batch in BATCHES]
    for number in range(len(BATCHES)):
        await chat.say(f"{number}")
    await expect(chat.problems).to_have_count(len(BATCHES))
    await untouched(chat)


async def test_greeting_names_starters_and_look_stay_text(open_chat):
    every = "\n".join(ATTACKS)

    def attack(config):
        pado = config["bots"][0]
        words = {"greeting": every, "about": every, "placeholder": every, "starters": ATTACKS}
        (locale,) = (one for one in pado["locales"] if one["id"] == "ko_KR")
        attacked = locale | words | {"notes": dict(zip(ATTACKS, ATTACKS, strict=True))}
        config["bots"] = [
            pado | {"id": f"A{number}", "name": name, "locales": [locale if number else attacked]}
            for number, name in enumerate(ATTACKS)
        ]
        config["default"] = {"botId": "A0", "localeId": "ko_KR"}
        config["title"] = every
        config["look"] = {"logo": ATTACKS[6], "accent": f"red;{every}"}
        config["answer"] |= {"source": "embedded", "state": "loading", "line": every}

    chat = await open_chat(config=attack)
    await expect(chat.chips).to_have_count(len(ATTACKS))
    await untouched(chat)


async def test_history_is_no_way_in(guarded, server):
    server.on("공격해 보세요", from_model(*ATTACKS[:20], "\n\n".join(ATTACKS)))
    await guarded.say("공격해 보세요")
    await guarded.page.reload()
    await expect(guarded.bubbles).to_have_count(1)
    await untouched(guarded)


async def test_links_open_elsewhere_and_tell_nothing(guarded, server):
    text = "[웹](https://a.invalid/1) <mailto:a@a.invalid> [전화](tel:+8221234567) https://b.invalid/2."
    server.on("링크", from_model(text))
    await guarded.say("링크")
    links = guarded.last.locator(".bubble a")
    await expect(links).to_have_count(4)
    hrefs = await links.evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert hrefs == [
        "https://a.invalid/1",
        "mailto:a@a.invalid",
        "tel:+8221234567",
        "https://b.invalid/2",
    ]
    for link in await links.all():
        assert await link.get_attribute("rel") == "noopener noreferrer"
        assert await link.get_attribute("target") == "_blank"


async def test_addresses_in_the_bots_plain_text_become_links(guarded, server):
    server.on(
        "주소",
        reply(
            "여기(https://a.invalid/b(c)?q=1)를, https://b.invalid/d에서.",
            "ftp://x javascript:alert(1)",
        ),
    )
    await guarded.say("주소")
    links = guarded.last.locator(".bubble a")
    await expect(links).to_have_count(2)
    hrefs = await links.evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert hrefs == ["https://a.invalid/b(c)?q=1", "https://b.invalid/d"]


async def test_a_korean_particle_is_no_part_of_an_address(guarded, server):
    server.on("링크", from_model("https://a.invalid/b에서 보거나 <https://b.invalid/가>를 보세요."))
    await guarded.say("링크")
    links = guarded.last.locator(".bubble a")
    await expect(links).to_have_count(2)
    hrefs = await links.evaluate_all("all => all.map(one => one.href)")
    assert hrefs == ["https://a.invalid/b", "https://b.invalid/%EA%B0%80"]


def test_the_policy_allows_nothing_inline_and_no_html_out_of_text():
    policy = dict(part.split(" ", 1) for part in web.CONTENT_SECURITY_POLICY.split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["trusted-types"] == "'none'"
    assert "unsafe" not in web.CONTENT_SECURITY_POLICY


def test_the_policy_names_who_may_embed_and_be_called():
    policy = web.content_security_policy(
        api=["https://api.example"], parents=["https://shop.example"]
    )
    assert "connect-src 'self' https://api.example;" in policy
    assert "frame-ancestors 'self' https://shop.example;" in policy


def test_the_policy_names_whose_pictures_may_be_loaded():
    assert "img-src 'self';" in web.CONTENT_SECURITY_POLICY
    policy = web.content_security_policy(image_hosts=["img.example", "*.pictures.example:8443"])
    assert "img-src 'self' https://img.example https://*.pictures.example:8443;" in policy


async def test_the_policy_is_enforced_on_the_page(chat, new_page):
    blocked = await chat.page.evaluate(
        """() => {
          try { document.createElement("div").innerHTML = "<b>x</b>"; return false; }
          catch (error) { return error instanceof TypeError; }
        }"""
    )
    assert blocked
    assert "TrustedHTML" in new_page.errors.pop()
