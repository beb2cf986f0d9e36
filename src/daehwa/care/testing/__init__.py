"""Conversation tests: conversations in files, held with a bot, each reply compared.

``playing`` is the engine, which the conformance suite shares; ``daehwa test`` is the command.
"""

from daehwa.care.errors import TestingError
from daehwa.care.testing import replying
from daehwa.care.testing.changed_bots import tests_beside
from daehwa.care.testing.choosing import choose, is_test_file, read_conversations, test_files
from daehwa.care.testing.comparing import Mismatch, differences
from daehwa.care.testing.file_schema import file_schema
from daehwa.care.testing.lex_client import call, client
from daehwa.care.testing.local_bots import KeptModels
from daehwa.care.testing.network_bots import with_members
from daehwa.care.testing.playing import (
    Expectation,
    PlayChannel,
    PlayedStep,
    PlayStep,
    SetClock,
    play,
)
from daehwa.care.testing.rehearsing import TestOrder, rehearse, rehearse_on_lex
from daehwa.care.testing.reporting import (
    TestRun,
    as_json,
    coverage_lines,
    failure_lines,
    junit,
    summary_lines,
)
from daehwa.care.testing.values import Conversation, ConversationResult, ConversationTurn
from daehwa.care.testing.wire import pack, response, unpack

__all__ = [
    "Conversation",
    "ConversationResult",
    "ConversationTurn",
    "Expectation",
    "KeptModels",
    "Mismatch",
    "PlayChannel",
    "PlayStep",
    "PlayedStep",
    "SetClock",
    "TestOrder",
    "TestRun",
    "TestingError",
    "as_json",
    "call",
    "choose",
    "client",
    "coverage_lines",
    "differences",
    "failure_lines",
    "file_schema",
    "is_test_file",
    "junit",
    "pack",
    "play",
    "read_conversations",
    "rehearse",
    "rehearse_on_lex",
    "replying",
    "response",
    "summary_lines",
    "test_files",
    "tests_beside",
    "unpack",
    "with_members",
]
