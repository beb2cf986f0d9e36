"""Five conversations in two languages, to be counted by hand: a line is a turn.

    talk at          says        intent         state       action         slot   marks

``marks``: ``filled`` (the slot that was elicited has a value now), ``yes`` and ``no`` (the reply to
a confirmation), ``again`` (the same prompt, as the text was no reply), ``missed`` (FallbackIntent);
``=gpt`` a model answered, ``+IN/OUT`` its tokens (at .001 each), ``up`` and ``down`` thumbs, ``!``
an error of the answerer. Each turn took 10 ms, a model 200.
"""

import datetime as dt

from daehwa.conversation import TurnKind

BOT = "BOTBOTBOTB"
TALKS = """
A 05-01T09:00 book       BookRoom       InProgress  ElicitSlot     City   -
A 05-01T09:01 seoul      BookRoom       InProgress  ElicitSlot     Nights filled
A 05-01T09:02 hm         BookRoom       InProgress  ElicitSlot     Nights again
A 05-01T09:03 two        BookRoom       InProgress  ConfirmIntent  -      filled
A 05-01T09:04 yes        BookRoom       Fulfilled   Close          -      yes,up
B 05-01T10:00 방         BookRoom       InProgress  ElicitSlot     City   -
B 05-01T10:01 음         BookRoom       InProgress  ElicitSlot     City   again
B 05-01T10:02 글쎄       FallbackIntent Failed      Close          -      missed
C 05-02T09:00 book       BookRoom       InProgress  ElicitSlot     City   -
C 05-02T09:01 price      Price          Fulfilled   Close          -      -
C 05-02T09:02 moon       FallbackIntent Fulfilled   Close          -      missed,=gpt,+100/50,down
D 05-02T11:00 book       BookRoom       InProgress  ElicitSlot     City   -
D 05-02T11:01 busan      BookRoom       InProgress  ElicitSlot     Nights filled
E 05-02T12:00 book       BookRoom       InProgress  ConfirmIntent  -      -
E 05-02T12:01 no         BookRoom       Failed      Close          -      no
E 05-02T12:02 mars       FallbackIntent Fulfilled   Close          -      missed,=gpt,!
E 05-02T12:03 price      Price          Fulfilled   Close          -      -
"""
LOCALES = {"B": "ko_KR"}


class Line:
    """A line of the table."""

    def __init__(self, text):
        self.talk, at, self.text, self.intent, self.state, self.action, slot, marks = text.split()
        self.at = dt.datetime.fromisoformat(f"2026-{at}:00+00:00")
        self.slot = None if slot == "-" else slot
        self.marks = set(marks.split(","))
        self.locale = LOCALES.get(self.talk, "en_US")
        self.source = next((one[1:] for one in self.marks if one[0] == "="), "intent")
        self.tokens = next(
            (tuple(map(int, one[1:].split("/"))) for one in self.marks if one[0] == "+"), None
        )
        self.thumb = next((one for one in self.marks if one in ("up", "down")), None)


LINES = [Line(line) for line in TALKS.strip().splitlines()]


def kind_of(line, before):
    """What a turn counts as, after the one before it in its conversation."""
    elicited = before is not None and before.action in ("ElicitSlot", "ConfirmIntent")
    marks = line.marks
    return TurnKind(
        version="DRAFT",
        alias_id="TSTALIASID",
        locale_id=line.locale,
        channel="lex",
        mode="Text",
        source=line.source,
        model=None if line.source == "intent" else "small",
        error="AnswerFailed" if "!" in marks else None,
        incomplete=False,
        missed="missed" in marks,
        understood=not marks & {"missed", "again"},
        elicited_action=before.action if elicited else None,
        elicited_intent=before.intent if elicited else None,
        elicited_slot=before.slot if elicited else None,
        filled="filled" in marks,
        intent=line.intent,
        state=line.state,
        confirmation={"yes": "Confirmed", "no": "Denied"}.get(
            next(iter(marks & {"yes", "no"}), ""), "None"
        ),
        action=line.action,
        slot=line.slot,
        repeated="again" in marks,
        answered=False,
    )
