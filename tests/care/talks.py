"""A small salon in both languages, and the command ``daehwa test`` run on it in this process."""

import json
import re
from types import SimpleNamespace

from typer.testing import CliRunner

from conformance.bots import build
from daehwa.cli.app import app

SALON = {
    "locales": {
        "en_US": {
            "types": {
                "Size": {"values": {"small": [], "large": ["big"]}, "strategy": "TOP_RESOLUTION"}
            },
            "intents": {
                "Book": {
                    "utterances": ["book a bath", "a bath for a {Size} dog"],
                    "slots": {
                        "Size": {
                            "type": "Size",
                            "prompt": "Which size?",
                            "capture": {
                                "if": [{"is": '{Size} = "large"', "say": "A big one!"}],
                                "else": {"say": "A small one!"},
                            },
                        },
                        "Date": {"type": "AMAZON.Date", "prompt": "Which day?"},
                    },
                    "fulfil": {"hook": True, "success": "Booked for {Date}."},
                },
                "Menu": {
                    "utterances": ["show me the menu"],
                    "confirm": {"prompt": "All of it?", "no": "Then not."},
                    "closing": [
                        "Here.",
                        {
                            "card": {
                                "title": "Menu",
                                "buttons": {"Bath": "book a bath", "Hours": "when do you open"},
                            }
                        },
                    ],
                },
                "Hours": {
                    "utterances": ["when do you open"],
                    "closing": {"say": {"any": ["From nine.", "At nine.", "Nine o'clock."]}},
                },
            },
        },
        "ko_KR": {
            "types": {"Size": {"values": {"소형견": [], "대형견": []}}},
            "intents": {
                "Book": {
                    "utterances": ["목욕 예약할게요", "{Size} 목욕 예약"],
                    "slots": {
                        "Size": {"type": "Size", "prompt": "크기가 어떻게 되나요?"},
                        "Date": {"type": "AMAZON.Date", "prompt": "언제 오실래요?"},
                    },
                    "fulfil": {"hook": True, "success": "{Date}에 예약했어요."},
                },
                "Hours": {"utterances": ["몇 시에 열어요"], "closing": "아홉 시에 열어요."},
            },
        },
    }
}


def salon():
    """The bot."""
    return build("Salon", {"Salon": SALON})


class Desk:
    """A folder with the bot, its tests and the data of all runs; ``run`` runs the command."""

    def __init__(self, folder, bot_path, data):
        self.folder = folder
        self.bot_path = bot_path
        self.data = data

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *words, text=None, bot_path=None):
        """Run ``daehwa test``: with a test ``text``, on a file of it."""
        if text is not None:
            words = (self.write("talk.yaml", text), *words)
        given = ["test", str(bot_path or self.bot_path), *map(str, words), "--data", str(self.data)]
        done = CliRunner().invoke(app, given)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return SimpleNamespace(status=done.exit_code, out=done.stdout, err=done.stderr)

    def results(self, *words, text=None):
        """The results as JSON."""
        return json.loads(self.run(*words, "--json", text=text).out)


def without_times(text):
    """The output without what differs between runs."""
    return re.sub(r"in \d+\.\d s|\(\d+\.\d초\)", "…", text)
