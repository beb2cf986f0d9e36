"""What real endpoints do that OpenAI's own does not, or does now and then: one row each.

A row has the wire as the source describes it, written anew, and what is right: the text, or the
error. `test_quirks.py` plays each over a stub whose packets come apart. Where a row judges the
request (`rule`), the answer comes once the request is one that the endpoint takes.
"""

from .clouds import CLOUDS
from .codings import CODINGS
from .contents import CONTENTS
from .ends import ENDS
from .errors import ERRORS
from .gateways import GATEWAYS
from .hosts_answers import HOSTS_ANSWERS
from .letters import LETTERS
from .members import MEMBERS
from .played import TEXT, Quirk, body, delta, events, message, refusal, stream, words
from .providers import PROVIDERS
from .rules import takes_no
from .streams import STREAMS
from .thoughts import THOUGHTS

QUIRKS = [
    *STREAMS,
    *ENDS,
    *CONTENTS,
    *LETTERS,
    *THOUGHTS,
    *MEMBERS,
    *ERRORS,
    *PROVIDERS,
    *CLOUDS,
    *HOSTS_ANSWERS,
    *GATEWAYS,
    *CODINGS,
]

__all__ = [
    "QUIRKS",
    "TEXT",
    "Quirk",
    "body",
    "delta",
    "events",
    "message",
    "refusal",
    "stream",
    "takes_no",
    "words",
]
