"""English phrases of Lex's built-in intents.

Those that its guide prints, with near ones of our own. Source: Lex V2 developer guide,
"Built-in intents".
"""

from __future__ import annotations

from typing import Final

INTENTS: Final = {
    "AMAZON.HelpIntent": (
        "help",
        "help me",
        "can you help me",
        "i need help",
        "what can you do",
        "what can i say",
    ),
    "AMAZON.CancelIntent": (
        "cancel",
        "never mind",
        "forget it",
        "cancel that",
        "please cancel",
        "i changed my mind",
    ),
    "AMAZON.StopIntent": ("stop", "off", "shut up", "stop it", "quit", "be quiet"),
    "AMAZON.RepeatIntent": (
        "repeat",
        "say that again",
        "repeat that",
        "can you repeat that",
        "what did you say",
        "come again",
    ),
    "AMAZON.ResumeIntent": ("resume", "continue", "keep going", "go on", "carry on"),
    "AMAZON.PauseIntent": ("pause", "pause that", "hold on", "wait a moment"),
    "AMAZON.StartOverIntent": (
        "start over",
        "restart",
        "start again",
        "begin again",
        "from the beginning",
    ),
}
