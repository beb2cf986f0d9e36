"""A small project to say things in."""

import pytest

from daehwa import bot

SALON = """\
intents:
  Greeting:
    samples: [안녕하세요, 안녕, 반가워요]
    answer:
      title: 무엇을 도와드릴까요?
      buttons: [예약하고 싶어요, 영업시간 알려 주세요]
  OpeningHours:
    samples: [영업시간 알려 주세요, 몇 시까지 하세요?, 언제 열어요?]
    answer: 오전 열 시부터 저녁 여덟 시까지예요.
  Book:
    samples:
      - 예약하고 싶어요
      - "{Service} 예약할게요"
      - "{Day} {Time}에 예약해 주세요"
    hooks: fulfillment
    slots:
      Service: {type: Service, prompt: 어떤 시술을 원하세요?}
      Day: {type: AMAZON.Date, prompt: 어느 날이 좋으세요?}
      Time: {type: AMAZON.Time, prompt: 몇 시가 좋으세요?}
    confirm: "{Day} {Time}, {Service}로 예약할까요?"
    decline: 네, 예약하지 않을게요.
    answer: 예약됐어요. {Day} {Time}에 뵐게요!
  FallbackIntent:
    hooks: fulfillment
slot_types:
  Service:
    - 커트: [컷, 머리 자르기]
    - 펌: [파마]
    - 염색
"""


@pytest.fixture
def salon(tmp_path):
    """The folder of a sound project."""
    folder = tmp_path / "Salon"
    folder.mkdir()
    (folder / "bot.yaml").write_text("name: Salon\n", "utf-8")
    (folder / "ko_KR.yaml").write_text(SALON, "utf-8")
    return folder


@pytest.fixture
def locale(tmp_path):
    """Reads what a locale's file says, below a bot of one line."""

    def read(text):
        folder = tmp_path / "Tiny"
        folder.mkdir(exist_ok=True)
        (folder / "bot.yaml").write_text("name: Tiny\n", "utf-8")
        (folder / "ko_KR.yaml").write_text(text, "utf-8")
        return bot.load(folder).locales["ko_KR"]

    return read
