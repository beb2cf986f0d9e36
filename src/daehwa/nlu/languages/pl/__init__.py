"""Polish: numbers, dates, times, yes and no.

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

_ONES: Final = phrases(
    """
zero|jeden|dwa|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|jedenaście|dwanaście
trzynaście|czternaście|piętnaście|szesnaście|siedemnaście|osiemnaście|dziewiętnaście
"""
)
_TENS: Final = phrases(
    """
dwadzieścia|trzydzieści|czterdzieści|pięćdziesiąt|sześćdziesiąt|siedemdziesiąt|osiemdziesiąt
dziewięćdziesiąt
"""
)
_HUNDREDS: Final = phrases(
    """
sto|dwieście|trzysta|czterysta|pięćset|sześćset|siedemset|osiemset|dziewięćset
"""
)
# Days of a month and hours are ordinals, in the genitive: pierwszego maja, o piętnastej.
_ORDINALS: Final = phrases(
    """
pierwsz|drugi|trzeci|czwart|piąt|szóst|siódm|ósm|dziewiąt|dziesiąt|jedenast|dwunast|trzynast
czternast|piętnast|szesnast|siedemnast|osiemnast|dziewiętnast|dwudziest
"""
)


def _below_thousand() -> dict[str, int]:
    small = {word: value for value, word in enumerate(_ONES)}
    small |= {"jedna": 1, "jedno": 1, "dwie": 2, "dwóch": 2, "trzech": 3, "czterech": 4}
    small |= {"dwoje": 2, "troje": 3, "czworo": 4, "pięcioro": 5, "pięciu": 5, "sześciu": 6}
    ones = {word: value for word, value in small.items() if 1 <= value <= 9}
    for ten, tens in enumerate(_TENS, start=2):
        small[tens] = 10 * ten
        small |= {f"{tens} {one}": 10 * ten + value for one, value in ones.items()}
    table = dict(small)
    for hundred, word in enumerate(_HUNDREDS, 1):
        table[word] = 100 * hundred
        table |= {f"{word} {one}": 100 * hundred + value for one, value in small.items() if value}
    return table


def _days() -> dict[str, int]:
    days = {}
    for value, stem in enumerate(_ORDINALS, 1):
        for ending in ("ego", "y", "iego", "i"):
            days[f"{stem.removesuffix('i') if ending[0] == 'i' else stem}{ending}"] = value
    for value, stem in enumerate(_ORDINALS[:9], 1):
        one = f"{stem}ego"
        days[f"dwudziestego {one}"] = 20 + value
    return days | {
        "trzydziestego": 30,
        "trzydziesty": 30,
        "trzydziestego pierwszego": 31,
    }


def _hours() -> dict[str, int]:
    hours = {}
    for value, stem in enumerate(_ORDINALS, 1):
        bare = stem.removesuffix("i")
        soft = stem.endswith("i")
        hours[f"{bare}{'iej' if soft else 'ej'}"] = value
        hours[f"{bare}{'ia' if soft else 'a'}"] = value
    for value, stem in enumerate(_ORDINALS[:4], 1):
        bare = stem.removesuffix("i")
        hours[f"dwudziestej {bare}{'iej' if stem.endswith('i') else 'ej'}"] = 20 + value
    # The stems in -g take -iej: drugiej.
    return hours | {"druga": 2, "drugiej": 2, "dwudziestej drugiej": 22}


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["pl"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={
        "tysiąc": 1000,
        "tysiące": 1000,
        "tysięcy": 1000,
        "milion": 1000000,
        "miliony": 1000000,
        "milionów": 1000000,
    },
    points=phrases("przecinek"),
    alternatives=phrases("lub|albo|do|czy"),
    minus=phrases("minus"),
    halves=phrases("i pół"),
    dozens={"tuzin": 12},
    no_number_before=(*_MONTHS, *phrases("trzecie|czwarte|ćwierci|dziesiąte")),
    no_number_after=phrases("wpół"),
)

_DATES: Final = WordedDates(
    names=CALENDAR_NAMES["pl"],
    numerals=NUMERALS,
    weekdays={
        "poniedziałku": 0,
        "poniedzialek": 0,
        "wtorku": 1,
        "środę": 2,
        "środy": 2,
        "czwartku": 3,
        "piątku": 4,
        "sobotę": 5,
        "soboty": 5,
        "niedzielę": 6,
        "niedzieli": 6,
    },
    days=meanings(
        {
            "za tydzień": 7,
            "dziś|dzisiaj|dziś wieczorem|dzisiaj wieczorem|dziś rano": 0,
            "jutro|jutro rano|jutro wieczorem|na jutro": 1,
            "pojutrze": 2,
            "wczoraj": -1,
            "przedwczoraj": -2,
        }
    ),
    articles=phrases("dnia"),
    ordinals=_days(),
    ordinal_marks=phrases(".|-go|go"),
    holidays={
        "boże narodzenie": (12, 25),
        "w boże narodzenie": (12, 25),
        "wigilia": (12, 24),
        "wigilię": (12, 24),
        "w wigilię": (12, 24),
        "sylwester": (12, 31),
        "sylwestra": (12, 31),
        "nowy rok": (1, 1),
    },
    which_before=meanings(
        {
            "następny|następną|następnym|przyszły|przyszłą|najbliższy|najbliższą": 1,
            "ten|tę|tą|w ten|w tę|w": 0,
            "zeszły|zeszłą|ostatni|ostatnią": -1,
        }
    ),
    periods=meanings(
        {
            """
przyszły tydzień|w przyszłym tygodniu|następny tydzień|w następnym tygodniu
""": (1, "week"),
            "w przyszłym miesiącu|przyszły miesiąc": (1, "month"),
            "w przyszłym roku|przyszły rok": (1, "year"),
            "w tym tygodniu|ten tydzień": (0, "week"),
            "w tym miesiącu": (0, "month"),
            "w tym roku": (0, "year"),
            "w zeszłym tygodniu": (-1, "week"),
            "w weekend|weekend|w ten weekend": (0, "weekend"),
            "w przyszły weekend": (1, "weekend"),
        }
    ),
    units=meanings(
        {
            "dzień|dni": (1, "day"),
            "tydzień|tygodnie|tygodni": (1, "week"),
            "miesiąc|miesiące|miesięcy": (1, "month"),
            "rok|lata|lat": (1, "year"),
        }
    ),
    within=meanings({"za": 1}),
    later=meanings({"później": 1, "temu": -1}),
    every=phrases("co|każdy|każdą"),
)

_TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("o|o godzinie|około|koło|od|do|godzina|godz."),
    hours=phrases("godzin"),
    named_hours=_hours(),
    fixed=meanings({"południe|w południe": 720, "północ|o północy": 0}),
    before={"wpół do": -30, "w pół do": -30, "kwadrans po": 15, "za kwadrans": -15},
    past={"po": 1},
    minutes=phrases("minut|minuty|min"),
    onward=phrases("dla|proszę|dziś|jutro|z|i|lub|w|dziękuję"),
    not_after=phrases("dnia"),
    spans=phrases("za"),
    ranges=phrases("między|pomiędzy"),
    parts=meanings(
        {
            "rano|przed południem|z rana": "MO",
            "po południu|popołudniu": "AF",
            "wieczorem|dziś wieczorem": "EV",
            "w nocy|nocą": "NI",
        }
    ),
    now=phrases("teraz|od razu|natychmiast"),
    later=meanings({"później": 1}),
    within=meanings({"za": 0}),
)

_DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units=meanings(
        {
            "rok|lata|lat": "Y",
            "miesiąc|miesiące|miesięcy": "M",
            "tydzień|tygodnie|tygodni": "W",
            "dzień|dni|doba|doby|noc|noce|nocy": "D",
            "godzina|godzinę|godziny|godzin|godz": "H",
            "minuta|minutę|minuty|minut|min": "m",
            "sekunda|sekundę|sekundy|sekund": "S",
        }
    ),
    halves=phrases("i pół"),
    half_of=phrases("pół"),
    fixed={
        "półtorej godziny": ("1.5", "H"),
        "godzinę": ("1", "H"),
        "kwadrans": ("15", "m"),
        "tydzień": ("1", "W"),
        "miesiąc": ("1", "M"),
    },
    joints=phrases("i"),
)

_CONFIRMATION: Final = worded_confirmation(
    yes="""
tak|taa|no tak|tak poproszę|poproszę|tak proszę|oczywiście|jasne|pewnie|zgadza się
tak zgadza się|dokładnie|dokładnie tak|dobrze|w porządku|ok|okej|okay|zgoda|zgadzam się
potwierdzam|owszem|naturalnie|jak najbardziej|zdecydowanie|racja|poprawnie|może być tak
chętnie|słusznie|yes
myślę że tak|sądzę że tak|chyba tak|raczej tak|wydaje mi się że tak|tak chcę|chcę|chciałbym
chciałabym|brzmi dobrze|pasuje|pasuje mi|to pasuje|odpowiada mi|tak jest|właśnie tak|to prawda
wszystko się zgadza|wszystko w porządku|zrób to|proszę zrobić|dawaj|śmiało|jasna sprawa
bez wątpienia|z przyjemnością|bardzo chętnie|umowa stoi|świetnie|super|idealnie|perfekcyjnie
tak oczywiście|tak dokładnie|no jasne|no pewnie|czemu nie|niech będzie
naturalnie że tak
""",
    no="""
nie|nie dziękuję|nie dzięki|nie nie|absolutnie nie|zdecydowanie nie|oczywiście że nie
skądże|wcale nie|w żadnym razie|nigdy|nie chcę|nie zgadza się|to się nie zgadza|źle
nieprawda|błędnie|niepoprawnie|anuluj|stop|nie teraz|jeszcze nie|nie trzeba|raczej nie
lepiej nie|no
myślę że nie|nie sądzę|nie myślę|chyba nie|wydaje mi się że nie|nie wydaje mi się|nie chciałbym
nie chciałabym|nie jestem zainteresowany|nie jestem zainteresowana|nie potrzebuję
nie jest potrzebne|to niepotrzebne|niepotrzebnie|nie ma potrzeby|dziś nie|dzisiaj nie
na razie nie|nie do końca|nie całkiem|nie bardzo|niestety nie|pod żadnym pozorem
w żadnym wypadku|za nic|mowy nie ma|nie ma mowy|zapomnij|daj spokój|nieważne|nie zgadzam się
to źle|to błąd|jest błąd|nie pasuje|nie odpowiada mi|odmawiam|nie potwierdzam
bynajmniej|nigdy w życiu|ależ nie|no nie
""",
    maybe="może|być może|możliwe|to zależy|zależy|prawdopodobnie",
    unknown="""
nie wiem|nie mam pojęcia|nie jestem pewien|nie jestem pewna|trudno powiedzieć
nie jestem pewny|nie wiem jeszcze|jeszcze nie wiem|sam nie wiem|sama nie wiem|ciężko powiedzieć
nie mam zdania|muszę się zastanowić|muszę pomyśleć|nie zdecydowałem|nie zdecydowałam
""",
    fillers="proszę|dziękuję|dzięki|eee|więc|oh|to|bardzo|pan|pani",
)

LANGUAGE: Final = Language(
    numbers=NUMERALS.numbers,
    dates=_DATES,
    times=_TIMES.times,
    durations=_DURATIONS,
    money=worded_money(
        {
            "złoty,złote,złotych,zł,pln": ("PLN", "1"),
            "grosz,grosze,groszy": ("PLN", "0.01"),
            "euro": ("EUR", "1"),
            "dolar,dolary,dolarów": ("USD", "1"),
        },
        percent=phrases("procent|procenta"),
    ),
    carriers=worded_carriers(
        before="""
nazywam się|mam na imię|jestem|to|jest|chcę|chciałbym|chciałabym|poproszę|na|o|w|do|z
tak|dla
""",
        after="proszę|poproszę|dziękuję|dzięki",
    ),
    confirmation=_CONFIRMATION,
    waiting=worded_waiting(
        wait="""
czekaj|poczekaj|zaczekaj|proszę czekać|proszę poczekać|chwila|chwilę|chwileczkę|moment
momencik|jedną chwilę|minutę|sekundę
""",
        go_on="""
kontynuuj|dalej|kontynuujmy|wróciłem|wróciłam|jestem z powrotem|gotowe|gotowy|gotowa|już
""",
    ),
    examples={
        "Confirmation": phrases("tak|nie|może"),
        "Date": phrases("jutro|dzisiaj|w piątek|3 marca|w poniedziałek|15 maja|25 grudnia"),
        "Number": phrases("2|trzy|5|dziesięć|dwadzieścia pięć|100"),
        "Time": phrases("o ósmej|10:30|o 18|wpół do trzeciej|17:30"),
    },
    intents={
        "AMAZON.HelpIntent": phrases("pomoc|pomóż mi|czy możesz mi pomóc|potrzebuję pomocy"),
        "AMAZON.CancelIntent": phrases("anuluj|nieważne|zmieniłem zdanie|zmieniłam zdanie"),
        "AMAZON.StopIntent": phrases("stop|przestań|cisza|dość"),
        "AMAZON.RepeatIntent": phrases("powtórz|powtórz to|czy możesz powtórzyć|co powiedziałeś"),
        "AMAZON.ResumeIntent": phrases("kontynuuj|wznów"),
        "AMAZON.PauseIntent": phrases("pauza|wstrzymaj|poczekaj"),
        "AMAZON.StartOverIntent": phrases("zacznij od nowa|od początku|jeszcze raz od początku"),
    },
)
