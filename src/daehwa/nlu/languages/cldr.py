"""Names of months and weekdays, made by codegen/names.py from the CLDR (babel).

``make docs`` updates this file.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class CalendarNames(NamedTuple):
    """Names in lower case: all forms of each month, the short ones, all of each weekday."""

    months: tuple[tuple[str, ...], ...]
    short_months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]


def _names(months: str, short_months: str, weekdays: str) -> CalendarNames:
    """The names in texts: spaces between months or days, bars between the forms of one."""
    return CalendarNames(_forms(months), _forms(short_months), _forms(weekdays))


def _forms(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.split("|")) for name in text.split())


CALENDAR_NAMES: Final = {
    "ca": _names(
        ("gener febrer març abril maig juny juliol agost setembre octubre novembre desembre"),
        (
            "gen.|gen febr.|febr març abr.|abr maig juny jul.|jul ag.|ag set.|set oct.|oct "
            "nov.|nov des.|des"
        ),
        "dilluns dimarts dimecres dijous divendres dissabte diumenge",
    ),
    "da": _names(
        ("januar februar marts april maj juni juli august september oktober november december"),
        (
            "jan.|jan feb.|feb mar.|mar apr.|apr maj jun.|jun jul.|jul aug.|aug sep.|sep "
            "okt.|okt nov.|nov dec.|dec"
        ),
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    ),
    "de": _names(
        ("januar februar märz april mai juni juli august september oktober november dezember"),
        (
            "jan.|jan feb.|feb märz|mär apr.|apr mai juni|jun juli|jul aug.|aug "
            "sept.|sept|sep okt.|okt nov.|nov dez.|dez"
        ),
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    ),
    "es": _names(
        (
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
            "diciembre"
        ),
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "lunes martes miércoles jueves viernes sábado domingo",
    ),
    "fi": _names(
        (
            "tammikuuta|tammikuu helmikuuta|helmikuu maaliskuuta|maaliskuu "
            "huhtikuuta|huhtikuu toukokuuta|toukokuu kesäkuuta|kesäkuu heinäkuuta|heinäkuu "
            "elokuuta|elokuu syyskuuta|syyskuu lokakuuta|lokakuu marraskuuta|marraskuu "
            "joulukuuta|joulukuu"
        ),
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        (
            "maanantaina|maanantai tiistaina|tiistai keskiviikkona|keskiviikko "
            "torstaina|torstai perjantaina|perjantai lauantaina|lauantai "
            "sunnuntaina|sunnuntai"
        ),
    ),
    "fr": _names(
        ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        (
            "janv.|janv févr.|févr mars avr.|avr mai juin juil.|juil août sept.|sept oct.|oct "
            "nov.|nov déc.|déc"
        ),
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    ),
    "hi": _names(
        "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        "जन॰ फ़र॰ मार्च अप्रैल मई जून जुल॰ अग॰ सित॰ अक्टू॰ नव॰ दिस॰",
        "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    ),
    "it": _names(
        (
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
            "novembre dicembre"
        ),
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    ),
    "nl": _names(
        ("januari februari maart april mei juni juli augustus september oktober november december"),
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    ),
    "no": _names(
        ("januar februar mars april mai juni juli august september oktober november desember"),
        (
            "jan.|jan feb.|feb mars|mar apr.|apr mai juni|jun juli|jul aug.|aug sep.|sep "
            "okt.|okt nov.|nov des.|des"
        ),
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    ),
    "pl": _names(
        (
            "stycznia|styczeń lutego|luty marca|marzec kwietnia|kwiecień maja|maj "
            "czerwca|czerwiec lipca|lipiec sierpnia|sierpień września|wrzesień "
            "października|październik listopada|listopad grudnia|grudzień"
        ),
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    ),
    "pt": _names(
        (
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
            "dezembro"
        ),
        (
            "jan.|jan fev.|fev mar.|mar abr.|abr mai.|mai jun.|jun jul.|jul ago.|ago set.|set "
            "out.|out nov.|nov dez.|dez"
        ),
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    ),
    "sv": _names(
        ("januari februari mars april maj juni juli augusti september oktober november december"),
        (
            "jan.|jan feb.|feb mars apr.|apr maj juni juli aug.|aug sep.|sep okt.|okt "
            "nov.|nov dec.|dec"
        ),
        "måndag tisdag onsdag torsdag fredag lördag söndag",
    ),
}
