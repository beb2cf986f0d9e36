"""What the report on a bot's understanding says, in Korean."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Wording

WORDING: Final = Wording(
    measures={
        "accuracy": "정확도",
        "macro_f1": "매크로 F1",
        "oos_auroc": "범위 밖 AUROC",
        "in_scope_accuracy": "임계값에서 맞힌 비율",
        "oos_recall": "임계값에서 걸러 낸 비율",
        "slot_f1": "슬롯 F1",
        "ece": "보정 오차(ECE)",
        "fit_seconds": "학습 시간(초)",
        "p50_ms": "한 문장 p50 (ms)",
        "p99_ms": "한 문장 p99 (ms)",
        "rss_mb": "메모리(MB)",
    },
    page={
        "title": "이해도 보고서",
        "texts": "문장 {n}개, 임계값 {t:g}",
        "advice": "고칠 것",
        "nothing": "눈에 띄는 문제가 없습니다.",
        "curves": "점수를 믿어도 될까",
        "calibration": "점수(가로)대로 맞는지(세로): 대각선에 가까울수록 점수가 곧 확률입니다.",
        "trade": "임계값(가로)에 따라 맞힌 비율(파랑)과 범위 밖을 걸러 낸 비율(빨강).",
        "matrix": "혼동 행렬",
        "matrix note": "줄은 정답, 칸은 알아들은 의도입니다. 서로 헷갈린 의도만 보입니다.",
        "held out": "(의도를 빼고 잰 값)",
        "overlaps": "겹치는 샘플",
        "intents": "의도별",
        "mistakes": "틀린 문장",
        "columns": "의도|샘플|문장|정밀도|재현율|F1",
        "mistake columns": "문장|정답|알아들은 의도|점수",
        "pair columns": "의도|샘플|의도|샘플",
        "none": "없음",
    },
    advice={
        "overlap": (
            "‘{one}’과(와) ‘{other}’의 샘플 {count}개가 겹칩니다(예: “{sample}” ↔ "
            "“{like}”). 한쪽에만 두세요."
        ),
        "mixed up": (
            "‘{truth}’인 문장 {count}개를 ‘{taken}’(으)로 알아들었습니다(예: "
            "“{example}”). 이런 문장을 ‘{truth}’의 샘플로 더해 보세요."
        ),
        "few": "‘{intent}’의 샘플이 {count}개뿐입니다. 다섯 개 이상 적어 보세요.",
        "reply": (
            "‘{elicited}’ 질문에 대한 답 {count}개를 값으로 알아듣지 못했습니다(예: "
            "“{example}”). 맞는 값이면 슬롯 유형에 더해 보세요."
        ),
        "confirmation": (
            "‘{elicited}’의 확인 질문에 대한 답 {count}개를 예도 아니요도 아닌 말로 "
            "들었습니다(예: “{example}”)."
        ),
        "held out": (
            "‘{left_out}’을(를) 빼고 배우면 그 샘플 {count}개를 ‘{taken}’(으)로 알아듣습니다(예: "
            "“{example}”). 두 의도가 가까워 새로운 말이 어느 쪽으로든 갈 수 있습니다."
        ),
        "stranger": (
            "봇의 일이 아닌 문장 {count}개를 ‘{taken}’(으)로 알아들었습니다(예: “{example}”)."
        ),
    },
)
