"""Hindi: numbers, dates, times, yes and no.

The names of months and days come from the CLDR; numerals are those of the language's grammar.
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.language import Language
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.numerals import Numerals
from daehwa.nlu.languages.worded_dates import WordedDates
from daehwa.nlu.languages.worded_durations import WordedDurations
from daehwa.nlu.languages.worded_money import worded_money
from daehwa.nlu.languages.worded_replies import worded_carriers, worded_confirmation, worded_waiting
from daehwa.nlu.languages.worded_times import WordedTimes

__all__ = ["LANGUAGE", "NUMERALS"]

_SMALL: Final = phrases(
    """
शून्य|एक|दो|तीन|चार|पाँच|छह|सात|आठ|नौ|दस|ग्यारह|बारह|तेरह|चौदह|पंद्रह|सोलह|सत्रह|अठारह|उन्नीस|बीस
इक्कीस|बाईस|तेईस|चौबीस|पच्चीस|छब्बीस|सत्ताईस|अट्ठाईस|उनतीस|तीस|इकतीस|बत्तीस|तैंतीस|चौंतीस|पैंतीस
छत्तीस|सैंतीस|अड़तीस|उनतालीस|चालीस|इकतालीस|बयालीस|तैंतालीस|चौवालीस|पैंतालीस|छियालीस|सैंतालीस
अड़तालीस|उनचास|पचास|इक्यावन|बावन|तिरेपन|चौवन|पचपन|छप्पन|सत्तावन|अट्ठावन|उनसठ|साठ|इकसठ|बासठ
तिरेसठ|चौंसठ|पैंसठ|छियासठ|सड़सठ|अड़सठ|उनहत्तर|सत्तर|इकहत्तर|बहत्तर|तिहत्तर|चौहत्तर|पचहत्तर
छिहत्तर|सतहत्तर|अठहत्तर|उनासी|अस्सी|इक्यासी|बयासी|तिरासी|चौरासी|पचासी|छियासी|सत्तासी|अट्ठासी
नवासी|नब्बे|इक्यानवे|बानवे|तिरानवे|चौरानवे|पचानवे|छियानवे|सत्तानवे|अट्ठानवे|निन्यानवे
"""
)
_OTHERS: Final = {
    "पांच": 5,
    "छः": 6,
    "छे": 6,
    "पन्द्रह": 15,
    "अट्ठारह": 18,
    "चवालीस": 44,
}


def _below_thousand() -> dict[str, int]:
    small = {word: value for value, word in enumerate(_SMALL)} | _OTHERS
    table = {**small, "सौ": 100}
    for hundred in range(1, 10):
        for word, value in small.items():
            if value == hundred:
                table[f"{word} सौ"] = 100 * hundred
                table |= {f"{word} सौ {one}": 100 * hundred + v for one, v in small.items() if v}
    return table


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["hi"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={"हज़ार": 1000, "हजार": 1000, "लाख": 100000, "करोड़": 10000000},
    articles=phrases("एक"),
    points=phrases("दशमलव"),
    alternatives=phrases("या|से"),
    minus=phrases("माइनस|ऋण"),
    dozens={"दर्जन": 12},
    no_number_before=(*_MONTHS, *phrases("चौथाई|तिहाई|बजे")),
    no_number_after=phrases("साढ़े|सवा|पौने"),
    counted=phrases("व्यक्ति|रात|आदमी|लोग|कमरा|टिकट|दिन"),
)

_DATES: Final = WordedDates(
    names=CALENDAR_NAMES["hi"],
    numerals=NUMERALS,
    months={"फरवरी": 2, "सितम्बर": 9, "नवम्बर": 11, "दिसम्बर": 12, "अक्तूबर": 10},
    weekdays={"इतवार": 6, "मंगल": 1, "बृहस्पतिवार": 3, "गुरूवार": 3, "वीरवार": 3},
    days=meanings({"आज|आज शाम|आज रात|आज सुबह": 0, "आने वाले कल|आने वाला कल": 1, "बीता कल|बीते कल": -1}),
    holidays={
        "क्रिसमस": (12, 25),
        "नया साल": (1, 1),
        "गणतंत्र दिवस": (1, 26),
        "स्वतंत्रता दिवस": (8, 15),
    },
    which_before=meanings({"अगले|अगला|आने वाले": 1, "इस": 0, "पिछले|पिछला": -1}),
    periods=meanings(
        {
            "अगले हफ़्ते|अगले हफ्ते|अगले सप्ताह": (1, "week"),
            "अगले महीने": (1, "month"),
            "अगले साल": (1, "year"),
            "इस हफ़्ते|इस हफ्ते|इस सप्ताह": (0, "week"),
            "इस महीने": (0, "month"),
            "इस साल": (0, "year"),
            "पिछले हफ़्ते|पिछले हफ्ते": (-1, "week"),
        }
    ),
    units=meanings(
        {
            "दिन": (1, "day"),
            "हफ़्ते|हफ्ते|सप्ताह|हफ़्ता": (1, "week"),
            "महीने|महीना": (1, "month"),
            "साल|वर्ष": (1, "year"),
        }
    ),
    within={},
    later=meanings({"बाद|के बाद|में": 1, "पहले": -1}),
    every=phrases("हर"),
)

_TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    hours=phrases("बजे|बजकर"),
    fixed=meanings({"दोपहर बारह बजे|दोपहर 12 बजे": 720, "आधी रात": 0}),
    before={"साढ़े": 30, "सवा": 15, "पौने": -15},
    minutes=phrases("मिनट"),
    onward=phrases("को|के लिए|और|आज|पर"),
    parts=meanings(
        {
            "सुबह|सवेरे|सुबह में": "MO",
            "दोपहर|दोपहर में": "AF",
            "शाम|शाम को|आज शाम": "EV",
            "रात|रात को|आज रात": "NI",
        }
    ),
    now=phrases("अभी"),
    later=meanings({"बाद|में": 1}),
    within={},
)

_DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units=meanings(
        {
            "साल|वर्ष": "Y",
            "महीना|महीने": "M",
            "हफ़्ता|हफ़्ते|हफ्ते|सप्ताह": "W",
            "दिन|रात|रातें": "D",
            "घंटा|घंटे": "H",
            "मिनट": "m",
            "सेकंड": "S",
        }
    ),
    half_of=phrases("आधा|आधे"),
    fixed={"डेढ़ घंटा": ("1.5", "H"), "डेढ़ घंटे": ("1.5", "H"), "ढाई घंटे": ("2.5", "H")},
    joints=phrases("और"),
)

_CONFIRMATION: Final = worded_confirmation(
    yes="""
हाँ|हां|हा|जी|जी हाँ|जी हां|हाँ जी|हां जी|बिल्कुल|बिलकुल|ज़रूर|जरूर|ठीक|ठीक है
हाँ ठीक है|सही|सही है|बिल्कुल सही|अच्छा|कर दो|कर दीजिए|हाँ कर दीजिए|पक्का|मंज़ूर है|ओके
haan|han|ji|ji haan|haan ji|theek hai|thik hai|sahi hai|bilkul|zaroor|ok|okay|yes
मुझे चाहिए|हाँ चाहिए|हां चाहिए|मुझे लगता है हाँ|मुझे लगता है हां|लगता तो है|हाँ बिल्कुल
हां बिल्कुल|हाँ सही है|हाँ ज़रूर|क्यों नहीं|बढ़िया|बहुत अच्छा|मैं सहमत हूँ|सहमत हूँ|मंजूर है
कर दीजिये|हाँ कर दो|आगे बढ़ो|आगे बढ़िए|बेशक|जी ज़रूर|जी हाँ बिल्कुल|haan bilkul|kyun nahi
badhiya|chalega|haan chahiye|kar do|kar dijiye|ho jayega|beshak|haan zaroor|pakka
""",
    no="""
ji nahi|nahi chahiye|mat karo|galat hai
नहीं|नही|ना|न|जी नहीं|नहीं जी|बिल्कुल नहीं|बिलकुल नहीं|कभी नहीं|नहीं चाहिए|मत करो
मत कीजिए|गलत|गलत है|ग़लत|सही नहीं है|ठीक नहीं है|रहने दो|रहने दीजिए|रद्द करो|रद्द कीजिए
अभी नहीं|नहीं धन्यवाद|नहीं शुक्रिया|nahi|nahin|nahi ji|na|bilkul nahi|no
मुझे नहीं चाहिए|मुझे नहीं लगता|नहीं लगता|मैं नहीं चाहता|मैं नहीं चाहती|ज़रूरत नहीं|जरूरत नहीं
ज़रूरत नहीं है|जरूरत नहीं है|इसकी ज़रूरत नहीं|कोई ज़रूरत नहीं|बिल्कुल भी नहीं|हरगिज़ नहीं
हरगिज नहीं|कतई नहीं|आज नहीं|फ़िलहाल नहीं|फिलहाल नहीं|यह गलत है|ये गलत है|यह सही नहीं है
ये सही नहीं है|छोड़ो|छोड़िए|जाने दो|जाने दीजिए|मैं सहमत नहीं हूँ|नहीं नहीं|mujhe nahi chahiye
mujhe nahi lagta|zaroorat nahi|zarurat nahi|rehne do|rehne dijiye|chhodo|nahi nahi|abhi nahi
aaj nahi|ye galat hai|sahi nahi hai|kabhi nahi
""",
    maybe="शायद|हो सकता है|संभव है|shayad",
    unknown="""
पता नहीं|मुझे नहीं पता|मालूम नहीं|मुझे नहीं मालूम|pata nahi|mujhe nahi pata
मुझे पक्का नहीं पता|पक्का नहीं|पक्का नहीं पता|कह नहीं सकता|कह नहीं सकती|सोचना पड़ेगा
मालूम नहीं है|पता नहीं है|kya pata|sochna padega|keh nahi sakta
""",
    fillers="कृपया|धन्यवाद|शुक्रिया|जी|please|भाई|सर|मैडम|तो",
)

LANGUAGE: Final = Language(
    numbers=NUMERALS.numbers,
    dates=_DATES,
    times=_TIMES.times,
    durations=_DURATIONS,
    money=worded_money(
        {
            "रुपये,रुपए,रुपया": ("INR", "1"),
            "पैसे": ("INR", "0.01"),
            "डॉलर": ("USD", "1"),
            "यूरो": ("EUR", "1"),
        },
        percent=phrases("प्रतिशत|फीसदी"),
    ),
    carriers=worded_carriers(
        before="मेरा नाम|मैं|मुझे|हाँ|जी|केवल|सिर्फ", after="चाहिए|कृपया|है|को|के लिए|पर|धन्यवाद|बजे"
    ),
    confirmation=_CONFIRMATION,
    waiting=worded_waiting(
        wait="""
रुको|रुकिए|रुकिये|एक मिनट|एक मिनट रुकिए|एक सेकंड|ज़रा रुकिए|थोड़ा रुकिए|इंतज़ार कीजिए
इंतज़ार करो|ठहरिए
""",
        go_on="""
जारी रखें|जारी रखो|आगे बढ़ो|आगे बढ़िए|आगे बढ़ें|मैं वापस आ गया|मैं तैयार हूँ|तैयार
हो गया
""",
    ),
    examples={
        "Confirmation": phrases("हाँ|नहीं|शायद"),
        "Date": phrases("आज|शुक्रवार|3 मार्च|सोमवार|15 मई|25 दिसंबर"),
        "Number": phrases("2|तीन|5|दस|पच्चीस|100"),
        "Time": phrases("सुबह 8 बजे|10:30|शाम 6 बजे|साढ़े तीन बजे|17:30"),
    },
    intents={
        "AMAZON.HelpIntent": phrases("मदद|मेरी मदद करो|क्या आप मेरी मदद कर सकते हैं|मुझे मदद चाहिए"),
        "AMAZON.CancelIntent": phrases("रद्द करो|रहने दो|छोड़ो|मैंने मन बदल लिया"),
        "AMAZON.StopIntent": phrases("रुको|बंद करो|चुप|बस"),
        "AMAZON.RepeatIntent": phrases("दोहराओ|फिर से बोलो|क्या आप दोहरा सकते हैं|क्या कहा"),
        "AMAZON.ResumeIntent": phrases("जारी रखो|आगे बढ़ो"),
        "AMAZON.PauseIntent": phrases("ठहरो|विराम|एक मिनट रुको"),
        "AMAZON.StartOverIntent": phrases("फिर से शुरू करो|शुरू से|दोबारा शुरू करें"),
    },
)
