"""Endpoints that judge the request: what each refuses, and in which words."""

from daehwa.answers.testing import Say

from .played import THOUGHT, body, delta, message, refusal, stream


def takes_no(name, answer=None, *, status=400):
    """An endpoint that refuses a member, in the words that `answer` makes of it."""

    def rule(request):
        return (
            (answer or refusal(status, f"Unknown parameter: '{name}'."))
            if name in request.body
            else None
        )

    return rule


def over(name, most, answer):
    """An endpoint whose limit on output is lower than the one that is wanted."""

    def rule(request):
        return refusal(400, answer) if request.body.get(name, 0) > most else None

    return rule


def takes_whole_no(request):
    """An endpoint that knows streams only."""
    if request.body.get("stream"):
        return None
    return refusal(400, "This model only support stream mode, please enable the stream parameter.")


def alternating(request):
    """A chat template that knows the person and the bot in turn, and no system."""
    if request.roles[0] == "system":
        return body({"object": "error", "message": "System role not supported", "code": 400}, 400)
    in_turn = all(
        role == ("user", "assistant")[place % 2] for place, role in enumerate(request.roles)
    )
    return None if in_turn else refusal(400, "Conversation roles must alternate")


def completions_only(kind):
    def rule(request):
        return kind if "messages" in request.body else Say("The stub's answer.")

    return rule


def small_context(request):
    said = sum(map(len, request.contents))
    if said < 500:
        return None
    return refusal(
        400,
        "This model's maximum context length is 512 tokens. However, your messages resulted in "
        "900 tokens. Please reduce the length of the messages.",
        type="invalid_request_error",
        code="context_length_exceeded",
    )


def thinks_long(request):
    room = request.body.get("max_tokens", 0)
    if room > 1000:
        return None
    if request.body.get("stream"):
        return stream(delta(reasoning_content=THOUGHT), delta(None, "length"))
    return body(message("", "length", reasoning_content=THOUGHT))
