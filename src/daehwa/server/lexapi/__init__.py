"""The Lex runtime API: its wire, operation by operation.

botocore's service model is the truth of it; the tests compare every table here and every
response with the model.
"""

from daehwa.server.lexapi.endpoint import PREFIX, LexApi
from daehwa.server.lexapi.operations import OPERATIONS, Service
from daehwa.server.lexapi.responses import PACKED_HEADERS
from daehwa.server.lexapi.speech import RECORDINGS, Speech, SpeechSetting

__all__ = [
    "OPERATIONS",
    "PACKED_HEADERS",
    "PREFIX",
    "RECORDINGS",
    "LexApi",
    "Service",
    "Speech",
    "SpeechSetting",
]
