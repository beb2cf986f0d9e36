"""Questions that the user asks while the bot waits for a reply: answered, then prompted again.

Lex has nothing of the kind: there such a text is a miss, and misses end in the failure branch. So
all of this only happens with ``TurnContext.answers_questions``, and where nobody answers, the turn
is Lex's own. An answered question is not an attempt at the slot: no retry is counted, and the bot's
code hook is not called, since it would see a reply where there is none.
"""

from __future__ import annotations

from collections.abc import Generator

import msgspec

from daehwa import lex
from daehwa.dialog.calls import HookCall, HookResponse, HookResult
from daehwa.dialog.confirmation import prompt_confirmation
from daehwa.dialog.eliciting import prompt_slot
from daehwa.dialog.interpreted_reply import InterpretedReply
from daehwa.dialog.transition import Transition
from daehwa.dialog.turn_state import TurnState


def answer_first(
    turn: TurnState, understanding: lex.Understanding, reply: InterpretedReply
) -> Generator[HookCall, HookResult, InterpretedReply]:
    """Have a question answered before the reply is processed, and return what is left to process.

    A value beside the question is taken after the answer. Another intent that the text is plainly
    of, a yes or a no, and a request to wait stand as they are.
    """
    kinds = ("Value", "Change", "Missed", *(("Intent",) if understanding.question_first else ()))
    if understanding.question is None or reply.kind not in kinds:
        return reply
    result = yield from turn.call("DialogCodeHook", kind="Question")
    if not isinstance(result, HookResponse) or not result.messages:
        return reply
    turn.respond_with(result.messages, literal=result.literal)
    if result.request_attributes:
        turn.scope.request_attributes = {
            **turn.scope.request_attributes,
            **result.request_attributes,
        }
    if understanding.question == "Instead":
        return InterpretedReply(kind="Question", confidence=reply.confidence)
    return msgspec.structs.replace(reply, kind="Question") if reply.kind == "Missed" else reply


def ask_again(turn: TurnState, reply: InterpretedReply) -> Transition:
    """Repeat the prompt after an answer, as the same attempt.

    One that a code hook put in its own words is repeated in them.
    """
    turn.answered_question = True
    turn.slots.update((n, s) for n, s in reply.others.items() if n in turn.slots)
    turn.waiting_until = None
    own = turn.session.hook_prompt
    if own:
        turn.prompt_with(own, literal=True)
    if turn.elicited is not None and turn.elicited.confirmation:
        return prompt_confirmation(turn, attempt=turn.attempt, suppress=bool(own))
    return prompt_slot(turn, turn.elicited_slot, attempt=turn.attempt, suppress=bool(own))
