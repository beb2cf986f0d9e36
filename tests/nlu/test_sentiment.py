"""The sentiment of a text: kinds of what people say, in Korean and English."""

import pytest

from daehwa.nlu import detect_sentiment

KINDS = {
    "an order": ("NEUTRAL", "book a table for two on friday", "금요일에 두 명 예약해 주세요"),
    "a bare value": ("NEUTRAL", "half past six", "여섯 시 반"),
    "digits": ("NEUTRAL", "48213", "48213"),
    "a name": ("NEUTRAL", "james carter", "박서준"),
    "yes": ("NEUTRAL", "yes please", "네"),
    "no": ("NEUTRAL", "no", "아니요"),
    "a question": ("NEUTRAL", "what time do you close", "몇 시에 닫아요?"),
    "something good that is wished for": (
        "NEUTRAL",
        "what's the best phone plan for two people",
        "가족끼리 가기 좋은 식당 있어요?",
    ),
    "thanks": ("POSITIVE", "thank you so much", "정말 감사합니다"),
    "praise": ("POSITIVE", "the staff was very friendly", "직원분들이 정말 친절하셨어요"),
    "blame that is denied": ("POSITIVE", "not bad at all", "나쁘지 않아요"),
    "a complaint": ("NEGATIVE", "this is the worst service ever", "최악의 서비스네요"),
    "praise that is denied": ("NEGATIVE", "i'm not happy with this", "만족스럽지 않아요"),
    "something that keeps failing": ("NEGATIVE", "the app keeps crashing", "앱이 자꾸 튕겨요"),
    "both": (
        "MIXED",
        "the food was great but the service was terrible",
        "음식은 맛있는데 서비스가 엉망이에요",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_sentiment_is_that_of_the_kind(kind):
    sentiment, english, korean = KINDS[kind]
    assert detect_sentiment(english, "en_US").sentiment == sentiment
    assert detect_sentiment(korean, "ko_KR").sentiment == sentiment


def test_the_scores_are_shares_and_the_sentiment_has_the_greatest():
    response = detect_sentiment("thanks, that was quick", "en_GB")
    score = response.sentiment_score
    shares = {
        "POSITIVE": score.positive,
        "NEGATIVE": score.negative,
        "NEUTRAL": score.neutral,
        "MIXED": score.mixed,
    }
    assert sum(shares.values()) == pytest.approx(1, abs=1e-5)
    assert max(shares, key=shares.get) == response.sentiment


@pytest.mark.parametrize("locale", ["ja_JP", "de_DE", "tr_TR"])
def test_no_sentiment_is_detected_in_a_language_that_was_not_taught(locale):
    assert detect_sentiment("thank you", locale) is None


@pytest.mark.parametrize("text", ["", " ", "?", "…", "1", "ㅋ", "🫠", "a" * 1024])
def test_any_text_has_a_sentiment(text):
    assert detect_sentiment(text, "ko_KR").sentiment in {
        "POSITIVE",
        "NEGATIVE",
        "NEUTRAL",
        "MIXED",
    }
