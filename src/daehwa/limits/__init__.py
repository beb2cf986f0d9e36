"""How much of what one caller, one day and one process may have; shared through the store."""

from daehwa.limits.buckets import SHARE, Buckets
from daehwa.limits.budget import BudgetState, BudgetUse, DailyBudget
from daehwa.limits.conversations import AT_OTHER_ALIASES, AT_TEST_ALIAS, Conversations
from daehwa.limits.limiter import Limiter, OverLimit
from daehwa.limits.rates import Rate
from daehwa.limits.requesters import (
    Proxies,
    Requester,
    begin_request,
    current_requester,
    end_reading,
    end_request,
    network_of,
    verified_key,
    waiting_elsewhere,
)
from daehwa.limits.seats import Seat, Seats
from daehwa.limits.settings import BudgetSetting, LimitsError, LimitsSetting, RatesSetting
from daehwa.limits.time_zones import zone_named

__all__ = [
    "AT_OTHER_ALIASES",
    "AT_TEST_ALIAS",
    "SHARE",
    "Buckets",
    "BudgetSetting",
    "BudgetState",
    "BudgetUse",
    "Conversations",
    "DailyBudget",
    "Limiter",
    "LimitsError",
    "LimitsSetting",
    "OverLimit",
    "Proxies",
    "Rate",
    "RatesSetting",
    "Requester",
    "Seat",
    "Seats",
    "begin_request",
    "current_requester",
    "end_reading",
    "end_request",
    "network_of",
    "verified_key",
    "waiting_elsewhere",
    "zone_named",
]
