"""Korean words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Waiting
from daehwa.nlu.languages.lexicon import phrases

WAITING: Final = Waiting(
    wait=phrases(
        """
잠깐|잠깐만|잠깐만요|잠시만|잠시만요|잠시만 기다려 주세요|잠깐만 기다려 주세요|잠깐 기다려
잠깐 기다려 줘|잠시 기다려 주세요|잠깐만 기다려|기다려|기다려 줘|기다려 주세요
조금만 기다려 주세요|잠시만 시간 주세요|시간 좀 주세요|좀 기다려 주세요
"""
    ),
    go_on=phrases(
        """
계속|계속해|계속해요|계속해 줘|계속해 주세요|계속할게요|이제 됐어|이제 됐어요|다시 왔어요
돌아왔어요|준비됐어|준비됐어요|준비되었습니다|진행해 주세요
"""
    ),
)
