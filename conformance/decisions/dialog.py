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
        "only when it is itself the intent of the turn.",
        "Recorded replies always lead with the session's intent, and code hooks in the field "
        "read interpretations[0] to know which intent they serve.",
    ),
    Decision(
        "state-without-fulfilment",
        2,
        "What is the state of an intent that ends and that nothing fulfilled?",
        "ReadyForFulfillment when every required slot is filled, so that the client fulfils; "
        "else Failed. Fulfilment that is there and calls no code hook makes it Fulfilled.",
        "Recorded: HelloWorldBot's fulfilment without a hook ends Fulfilled; bots that return "
        "parameters to the client end ReadyForFulfillment.",
    ),
    Decision(
        "state-after-decline",
        3,
        "What is the state after the user said no to the confirmation?",
        "Failed, with confirmationState Denied and the dialog action Close.",
        "Commonly seen in the field; the documents are silent.",
    ),
    Decision(
        "retries-after-hook",
        4,
        "Does a code hook's ElicitSlot go on counting retries?",
        "No: the prompt begins anew, with all its retries.",
        "A hook that asks is a new question; the hook keeps its own count where it wants one.",
    ),
    Decision(
        "filled-slot-capture",
        5,
        "Does a next step ElicitSlot on a filled slot play the capture response?",
        "Yes: the dialog goes on as if the slot had just been captured, with its response, "
        "conditional, next step and validation hook, and without its prompt and the hook "
        "after the prompt.",
        "The samples of AWS say that the prompt's hook is skipped and the validation hook runs.",
    ),
    Decision(
        "unset-placeholder",
        8,
        "What becomes of a placeholder in a message whose value is not set?",
        "In the bot's own messages nothing is left of `{Slot}`, `[attribute]` and `((attribute))`; "
        "`{word}` stays when the intent has no such slot, and so do `[1]`, `[안내]` and the link "
        "`[words](address)`. In a code hook's messages what refers to nothing stays as written.",
        'A fallback hook recorded in Korea begins its answers with the text "[ChatGPT] ".',
    ),
    Decision(
        "ambiguous-time",
        10,
        "Is a slot captured whose value has resolutions and no interpretation (10 o'clock)?",
        "No: hooks see it, and without a hook's decision the slot is asked for again.",
        "The hooks of AWS's ReminderBot treat it as not filled.",
    ),
    Decision(
        "slots-in-echo",
        12,
        "Which slots does a state show that a client or a hook set without naming them all?",
        "Every slot of the intent; those not named are null.",
        "The model calls it a map of all of the slots, null where not filled.",
    ),
    Decision(
        "after-close",
        13,
        "What happens on the turn after Close?",
        "A fresh request: any intent may be recognised, its slots empty. Session attributes "
        "and contexts stay.",
        "Every recorded conversation that goes on after Close does so.",
    ),
    Decision(
        "explicit-silence",
        None,
        "What is said when a code hook closes the intent without messages?",
        "With no member messages, or null, the bot's own words: the success response and the "
        "closing, or the failure response. With an empty list, nothing.",
        "The guide gives the first; a Korean field report relies on the second.",
    ),
    Decision(
        "closing-after-hook",
        None,
        "Is the closing response added to the messages of a code hook that closed the intent?",
        "No: Close with messages ends the turn with just these.",
        "The contract says messages as given.",
    ),
    Decision(
        "silent-failure",
        None,
        "What is a failed or late code hook when the bot configured nothing for it but the end?",
        "DependencyFailedException (424). A response, an active conditional or a next step "
        "other than EndConversation is followed instead.",
        "Console-made bots always write EndConversation there, and their users see the error.",
    ),
    Decision(
        "silent-fallback",
        None,
        "What does a FallbackIntent do that has no hook to call and nothing to say?",
        "It asks once more outside: where this program is given something that answers, that "
        "answers. Otherwise it closes without messages, as Lex does.",
        "Exports of the console have such a FallbackIntent; answering it is what we are for.",
    ),
    Decision(
        "next-steps-in-a-circle",
        None,
        "What if a bot's next steps never come to a question or an end?",
        "ValidationException after 500 steps or 50 hook calls in a turn, saying where it was.",
        "Lex is silent; a bot within all its quotas stays far below.",
    ),
    Decision(
        "switching-intents",
        None,
        "When does a reply to a slot's prompt start another intent?",
        "When that intent reaches the threshold and its score is above that of the text as a "
        "value of the slot, and above the present intent's own. Never in AMAZON.FreeFormInput.",
        "The guide says that it happens, not when.",
    ),
    Decision(
        "values-at-confirmation",
        None,
        "What if the user answers the confirmation with a new value instead of yes or no?",
        "The value is taken and the question asked again with it.",
        "Unknown; a person would do so.",
    ),
    Decision(
        "slot-miss-with-others",
        None,
        "What if a reply misses its slot and gives other slots of the intent?",
        "The others are filled, and the miss counts as a retry.",
        "Slot sample utterances may hold other slots; the count keeps the dialog finite.",
    ),
    Decision(
        "restart-is-fresh",
        None,
        "Does StartIntent of the intent in progress keep its slots?",
        "No: they are empty, but for those that the step sets.",
        "FSI-Agent restarts an intent after a decline to ask everything again.",
    ),
    Decision(
        "ten-messages",
        None,
        "What if a turn makes more than ten messages?",
        "The last ten are sent, since the question is among them.",
        "The limit is the model's; what Lex drops is unknown.",
    ),
    Decision(
        "ordered-variations",
        None,
        "What follows the last variation of an Ordered prompt?",
        "The first again.",
        "The guide names the order and stops there.",
    ),
    Decision(
        "echoed-contexts",
        None,
        "Does a context that a hook or a client sends back as it got it live longer?",
        "No: its clocks go on. One with another time to live is set anew.",
        "Sample hooks echo their contexts on every turn; they would never end.",
    ),
    Decision(
        "invalid-condition",
        None,
        "What is a comparison of something that is not set?",
        "False on its own, != included; NOT of it is true, and the rest of the expression counts.",
        'ReminderBot\'s guards (!fn.IS_SET([x]) OR [x] != "true") need it so.',
    ),
    Decision(
        "failed-search",
        None,
        "What if the service behind a search intent fails?",
        "It counts as having found nothing, and FallbackIntent speaks. A Bedrock agent that "
        "the conversation is already with fails the turn (424).",
        "The person is better served by the fallback than by an error.",
    ),
)
