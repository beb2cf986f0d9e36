"""The words by which upstreams decline, as patterns over their lower-cased errors.

In English, and in the Korean, Chinese and Japanese of the providers that write it. Sources: the
error pages of the providers and issues of their servers, one for each row of
``tests/answers/quirks``.
"""

from __future__ import annotations

# Compiled when first needed: an error is rare, and the Lambda's cold start is not.
QUOTA = (
    r"insufficient[ _](quota|balance|credit|funds)|billing_(hard_limit|not_active)|billing_error"
    r"|credit balance is too low|out of (credits?|funds)|spend_limit_reached"
    r"|specified api usage limits|arrearage|payment required|exceeded_current_quota_error"
    r"|(all|no|your) (available |remaining )?credits|spending limit|free (tier|allocation|quota)"
    r".{0,40}(exhausted|used up|exceeded)|used up your .{0,20}free allocation|freetieronly"
    r"|budget.{0,12}exceeded|exceeded.{0,24}budget"
    r"|(account|team|organization|project)\b.{0,60}\bsuspended|余额不足|欠费"
    r"|credit[ _]limit|reached your .{0,16}usage limit|usage limit\b.{0,60}\bupgrade"
    r"|(monthly|weekly|annual|yearly)\b.{0,16}\b(quota|usage|limit)"
    r"|trial (has |is )?(ended|expired|over)"
    r"|payment method|subscription (has |is )?(expired|ended)|미납|요금제|결제"
    r"|(잔액|크레딧|충전금).{0,12}(부족|소진|없)|额度.{0,8}(用尽|不足|耗尽)"
    r"|\b(any|enough|more|purchase|buy) credits?\b|overdue|call volume quota|user_quota"
    r"|(월간?|이번 ?달|무료) .{0,16}(한도|할당량|사용량).{0,8}(초과|소진)"
    r"|quota_reached|quota for (this|your) .{0,16}plan"
    r"|balance (is )?(insufficient|too low)|\bkey limit|(残高|クレジット).{0,12}不足"
)
TOO_LONG = (
    r"context_length_exceeded|max context|너무 (깁|길|긴)|exceed_context_size"
    r"|(sequence|input|prompt|request)( length)? is longer than|longer than the .{0,12}maximum"
    r"|(context|maximum) (length|window|size)"
    r"|context (the )?overflow|(prompt|input|request|string|text|message)s? (is |are )?too "
    r"(long|large)|too many (input )?tokens|max_tokens must be at least 1, got -"
    r"|exceeds? (the )?(maximum|model|context|input)\S* (number of tokens|(token )?limit)"
    r"|exceed(s|ed)? (the |your )?(model |input )?token limit|token limit (has been |was )?exceeded"
    r"|(tokens|prompt)\b.{0,40}\bexceeds? the limit|maximum prompt length"
    r"|reduce the length(?! of (the )?(max(imum)? )?(output|completion|response))"
    r"|(conversation|history) is too long|input_too_long"
    r"|string_above_max_length|exceeds? the available context|range of input length"
    r"|(must have|allowed) (less|fewer|at most) .{0,12}tokens|`inputs` tokens"
    r"|(input|prompt) (length|tokens)\b.{0,60}\bexceed|"
    r"(컨텍스트|토큰|입력|프롬프트|길이).{0,24}(초과|넘|너무 (깁|길|긴))"
    r"|(トークン|入力|コンテキスト).{0,24}(超え|超過|長すぎ)"
    r"|(上下文|输入|长度|token).{0,16}(超过|超出|过长)|(超过|超出).{0,16}(上下文|长度)"
)
CONTENT = (
    r"content[_ ](policy|filter|management)|responsibleai|safety (system|setting|check|filter)"
    r"|content\b.{0,12}\brisk|risky content"
    r"|prohibited_content|flagged|data_?inspection_?failed|inappropriate content|high risk"
    r"|(prompt|response|request|content) (was )?blocked|guardrail|(usage|content) guidelines"
    r"|content audit|moderation (failed|block)|sensitive ?(content|information|words?)"
    r"|violat\w+ .{0,40}(polic|guideline)|敏感|不安全|违规"
    r"|(부적절|유해)한? ?(내용|콘텐츠|표현|요청|질문)|콘텐츠 ?정책"
)
KEY = (
    r"(malformed|bad|unknown|revoked|disabled|deleted) api key"
    r"|api key (is )?(required|needed|missing|malformed|revoked|disabled)"
    r"|(api ?키|인증 ?키|인증 ?정보).{0,16}(올바르지|유효하지|잘못|만료|없|필요)"
    r"|(invalid|incorrect|wrong|missing|no|expired)[ _]?(x-)?api[ _-]?key|api[ _]key[ _]"
    r"(is )?(not valid|invalid|expired)|authentication_error|invalid_authentication"
    r"|unrecognizedclient|invalid (bearer|authorization|security|access) token"
    r"|unauthori[sz]ed|unauthenticated|not authenticated|permission[ _]denied|invalid[ _]key"
    r"|access token invalid"
    r"|invalid subscription key|token\b.{0,40}\b(is|has) expired|expired ?token|login fail"
)
RETIRED = (
    r"(was|were) (deprecated|sunset|removed|shut ?down)"
    r"|(has|have) been (deprecated|retired|decommissioned|sunset|discontinued|shut ?down|removed)"
    r"|(is|was) (retired|decommissioned|discontinued|no longer (available|supported|served))"
    r"|model_(decommissioned|deprecated|retired)|end of (its )?life"
)
NO_MODEL = (
    r"model_not_(found|exist)|deploymentnotfound|deployment for this resource does not"
    r"|unavailable[ _]model|model_(not_available|unavailable|not_supported)"
    r"|unable to (access|find|load) (the )?model"
    r"|no such model|unknown model|invalid model|model identifier is invalid|no models? loaded"
    r"|not a valid model|model[^.]{0,120}(not found|not exist|does not exist|not available)"
    r"|\bmodel[^.]{0,60}\b(disabled|not (enabled|allowed|permitted))"
    r"|(not|n't) have access to the model|access to the model is|존재하지 않는 모델"
    r"|on-demand throughput isn.{0,3}t supported|无可用渠道|no available channel"
    r"|모델.{0,24}(찾을 수 없|존재하지 않|없습니다)|模型.{0,16}不存在"
    r"|モデル.{0,24}(見つかりません|存在しません)"
)
# The machine behind is at fault, and not the request that a 400 blames.
DOWN = (
    r"degraded function|model (has )?crashed|model (is |was )?unloaded|out of memory"
    r"|capacity[ _]exceeded|engine ?(core|is)? ?(dead|encountered an issue)"
)
# A member or its value that the model does not take, whatever the status.
UNSUPPORTED = r"unsupported_(value|parameter)"
MODEL = ("model", "모델", "模型", "モデル")
# A rate, whatever the status.
RATE = (
    r"throttl|rate exceeded|\brate[ _-]?limit|too many requests"
    r"|\b(qps|rpm|tpm|requests?|concurrency)\b.{0,16}\blimit (was |is )?(reached|exceeded)"
    r"|(일일|하루|분당|초당|시간당|호출|사용량).{0,16}(한도|제한|할당량).{0,8}(초과|도달|넘)"
    r"|(요청|호출) ?(횟수|회수).{0,8}(초과|넘)"
)
# What passes on its own, where no status says so.
PASSING = (
    r"server_error|overloaded|internal[ _](server[ _])?error|(temporarily|service) unavailable"
    r"|\b(is|are|too) busy|try again|稍后|繁忙|잠시 ?(후|뒤)|다시 시도"
)
# A server that knows no such address says nothing of a model.
NO_PATH = r"unexpected endpoint|unknown request url|invalid url|no route|cannot post"
# The template of a model's chat is at fault, whatever the status: some servers send 500.
TEMPLATE = r"must alternate|only user(,| and) .{0,24}roles? are supported|system role not supported"
API = r"(not|is) a chat model|does not support chat"
