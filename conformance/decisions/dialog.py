"""What Amazon's documents leave open about the dialog, decided once."""

from __future__ import annotations

from typing import Final

from conformance.decisions.decision import Decision

DECISIONS: Final = (
    Decision(
        "missed-slot-interpretations",
        1,
        "Which interpretation leads when a reply missed the slot that was asked for?",
        "The intent in progress, with its slots; FallbackIntent follows. FallbackIntent leads "
        "only when it is the intent of the turn.",
        "Recorded replies always lead with the session's intent, and code hooks in the field "
        "read interpretations[0] to know which intent they serve.",
    ),
    Decision(
        "state-without-fulfilment",
        2,
        "What is the state of an intent that ends without having been fulfilled?",
        "ReadyForFulfillment when every required slot is filled, so that the client fulfils; "
        "otherwise Failed. Fulfilment without a code hook makes it Fulfilled.",
        "Recorded: HelloWorldBot's fulfilment without a hook ends Fulfilled; bots that return "
        "parameters to the client end ReadyForFulfillment.",
    ),
    Decision(
        "state-after-decline",
        3,
        "What is the state after the user declines the confirmation?",
        "Failed, with confirmationState Denied and the dialog action Close.",
        "Commonly seen in the field; the documents are silent.",
    ),
    Decision(
        "retries-after-hook",
        4,
        "Does a code hook's ElicitSlot continue the count of retries?",
        "No: the prompt starts again with all its retries.",
        "A question from a hook is a new question; a hook that needs a count keeps its own.",
    ),
    Decision(
        "filled-slot-capture",
        5,
        "Does a next step ElicitSlot on a filled slot play the capture response?",
        "Yes: the dialog continues as if the slot had just been captured, with its response, "
        "conditional, next step and validation hook, and without its prompt and the hook "
        "after the prompt.",
        "AWS's samples say that the prompt's hook is skipped and the validation hook runs.",
    ),
    Decision(
        "unset-placeholder",
        8,
        "What happens to a placeholder in a message whose value is not set?",
        "In the bot's own messages `{Slot}`, `[attribute]` and `((attribute))` are removed; "
        "`{word}` stays when the intent has no such slot, and so do `[1]`, `[안내]` and the link "
        "`[words](address)`. In a code hook's messages one without a value stays as written.",
        'A fallback hook recorded in Korea begins its answers with the text "[ChatGPT] ".',
    ),
    Decision(
        "ambiguous-time",
        10,
        "Is a slot filled if its value has resolutions but no interpretation (10 o'clock)?",
        "No: hooks see the value, and unless a hook decides, the slot is asked for again.",
        "The hooks of AWS's ReminderBot treat it as not filled.",
    ),
    Decision(
        "slots-in-echo",
        12,
        "Which slots does a state show if a client or a hook set it without naming them all?",
        "Every slot of the intent; those not named are null.",
        "The model calls it a map of all of the slots, null where not filled.",
    ),
    Decision(
        "after-close",
        13,
        "What happens on the turn after Close?",
        "It is a new request: any intent may be recognised, its slots empty. Session attributes "
        "and contexts stay.",
        "Every recorded conversation that continues after Close does so.",
    ),
    Decision(
        "explicit-silence",
        None,
        "What is said when a code hook closes the intent without messages?",
        "Without the member messages, or with null, the bot's own: the success response and the "
        "closing response, or the failure response. With an empty list, nothing.",
        "The guide documents the first; a Korean field report relies on the second.",
    ),
    Decision(
        "closing-after-hook",
        None,
        "Is the closing response added to the messages of a code hook that closed the intent?",
        "No: Close with messages ends the turn with exactly these.",
        "The contract says that messages are sent as given.",
    ),
    Decision(
        "silent-failure",
        None,
        "What if a code hook fails or is late, and the bot configures only the end for that?",
        "DependencyFailedException (424). A response, an active conditional or a next step "
        "other than EndConversation is followed instead.",
        "Console-made bots always write EndConversation there, and their users see the error.",
    ),
    Decision(
        "silent-fallback",
        None,
        "What does a FallbackIntent do without a hook to call and without messages?",
        "It calls what answers in this program (ChatGPT or the embedded model), if there is one. "
        "Otherwise it closes without messages, as Lex does.",
        "The console's exports have such a FallbackIntent; answering it is the point of Daehwa.",
    ),
    Decision(
        "next-steps-in-a-circle",
        None,
        "What if a bot's next steps never reach a question or an end?",
        "ValidationException after 500 steps or 50 hook calls in a turn, naming the place.",
        "Lex's guide is silent; a bot within its quotas stays far below.",
    ),
    Decision(
        "switching-intents",
        None,
        "When does a reply to a slot's prompt start another intent?",
        "When that intent reaches the threshold and its score is above that of the text as a "
        "value of the slot, and above that of the intent in progress. Never in "
        "AMAZON.FreeFormInput.",
        "The guide says that this happens, but not when.",
    ),
    Decision(
        "values-at-confirmation",
        None,
        "What if the user answers the confirmation with a new value instead of yes or no?",
        "The value is accepted, and the confirmation is asked again with it, also behind a yes or "
        "a no (*no, for five*). A yes that repeats a value is a yes.",
        "Lex's behaviour is unknown; a person would do this.",
    ),
    Decision(
        "slot-miss-with-others",
        None,
        "What if a reply misses its slot and gives other slots of the intent?",
        "The others are filled, and the miss counts as a retry.",
        "A slot's sample utterances may contain other slots; the count keeps the dialog finite.",
    ),
    Decision(
        "restart-is-fresh",
        None,
        "Does StartIntent of the intent in progress keep its slots?",
        "No: they are empty, except those that the step sets.",
        "FSI-Agent restarts an intent after a decline in order to ask everything again.",
    ),
    Decision(
        "ten-messages",
        None,
        "What if a turn produces more than ten messages?",
        "The last ten are sent, since the question is among them.",
        "The limit is the service model's; what Lex drops is unknown.",
    ),
    Decision(
        "ordered-variations",
        None,
        "What follows the last variation of an Ordered prompt?",
        "The first again.",
        "The guide describes the order up to the last and stops there.",
    ),
    Decision(
        "echoed-contexts",
        None,
        "Does a context live longer if a hook or a client sends it back unchanged?",
        "No: its time to live keeps running. With other turns, seconds or attributes it is set "
        "again. A code hook sees the turns that are left after the present one, 0 in the last.",
        "Sample hooks echo their contexts on every turn, and drop those with turnsToLive 0; they "
        "would never end. One that sets a context in every turn keeps it.",
    ),
    Decision(
        "early-confirmation",
        None,
        "What if a code hook delegates after a yes while a required slot is empty?",
        "The slot is asked for; the intent is not fulfilled without it. Where no code hook takes "
        "part, the bot's own next steps decide, also behind a slot that a hook elicited before "
        "those ahead of it; where the bot has none, the first empty required slot comes next.",
        "Delegate leaves the decision to Lex, and Lex fulfils an intent when its required slots "
        "are filled.",
    ),
    Decision(
        "contexts-without-fulfilment",
        None,
        "Does an intent that has neither a fulfilment nor a success response turn on its output "
        "contexts?",
        "No: it ends ReadyForFulfillment, and contexts follow Fulfilled. `daehwa check` warns.",
        "The guide ties output contexts to the fulfilment of the intent.",
    ),
    Decision(
        "invalid-condition",
        None,
        "What is the result of comparing something that is not set?",
        "False, also with !=; NOT of it is true, and the rest of the expression still counts.",
        'ReminderBot\'s guards (!fn.IS_SET([x]) OR [x] != "true") need this.',
    ),
    Decision(
        "failed-search",
        None,
        "What if the service behind a search intent fails?",
        "It counts as having found nothing, and FallbackIntent takes over. If the conversation "
        "is already with a Bedrock agent, the turn fails (424).",
        "The person is better served by the fallback than by an error.",
    ),
)
