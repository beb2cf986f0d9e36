"""The words that any question has, whatever it asks about: they are not searched for."""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = """
a an the i you he she it we they me him them my your his her its our their is am are was were be
been being do does did done doing have has had having can could will would shall should may might
must of in on at to for from by with about into over after before between under again then once
here there when where which who whom what why how all any both each few more most other some such
no nor not only own same so than too very just if or and but as that this these those up down out
off get got please tell want like need there's what's i'm i'd i've how's let us able many much long
far
"""
_KOREAN: Final = """
어떻게 언제 어디 어디서 누가 누구 무엇 뭐 뭘 뭐야 왜 얼마 얼마나 몇 어떤 무슨
수 것 거 좀 제가 저는 저 나 내 그 이 때 안 못 더 또 및 등 를 을 할 한 하고 있는 없는
가요 건가요 나요 있나요 되나요 하나요 있어요 돼요 해요 알려 주세요 싶어요 싶은데 같아요
하면 하려면 해야 하는데 있는데 되는데 인가요 대해
"""

STOP_WORDS: Final = frozenset((_ENGLISH + _KOREAN).split())
