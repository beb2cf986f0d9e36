"""The bots that are served: read, given their ids, learned, and found by address."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path

from daehwa import bot, lex, nlu
from daehwa.conversation.fallback import answered

TEST_ALIAS_ID = "TSTALIASID"
TEST_ALIAS_NAME = "TestBotAlias"
