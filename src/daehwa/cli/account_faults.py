"""What goes wrong with an account, as botocore's errors say it, and what of that passes."""

from __future__ import annotations

# What the account says while something of before is still going on: an import, a build, another's
# command, or more calls than it takes. It says the first two of what stays wrong, too.
NOT_YET = {"ConflictException", "PreconditionFailedException"}
_BUSY = {*NOT_YET, "ThrottlingException", "TooManyRequestsException", "InternalServerException"}
# Lambda's word for a fault of its own, and what its conflict says while something is done to a
# function; otherwise the conflict is with a permission that is there already.
CONFLICT = "ResourceConflictException"
_LAMBDAS_FAULT, _CHANGING = "ServiceException", "at this time"
RENEW = (
    "AWS needs valid credentials: run `aws sso login` or `aws configure` (or set "
    "AWS_PROFILE), and give the same command again"
)
# What AWS says of credentials that are no longer good, and botocore's errors if there are none.
_UNSIGNED = {
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "RequestExpired",
    "UnrecognizedClientException",
    "CredentialRetrievalError",
    "NoCredentialsError",
    "PartialCredentialsError",
    "ProfileNotFound",
    "SSOTokenLoadError",
    "TokenRetrievalError",
    "UnauthorizedSSOTokenError",
}
# Seconds before each further try of what passes.
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)


class AccountError(Exception):
    """The account refused, or cannot be reached; the message says what to do, in one line."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))  # botocore's are of several


def code_of(error: Exception) -> str:
    """The service's own name for an error; botocore's where it comes from there."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", "")) or type(error).__name__


def is_busy(error: Exception) -> bool:
    """Whether the account takes no such call for a while."""
    return code_of(error) in _BUSY


def is_busy_alone(error: Exception) -> bool:
    """Whether the account is only busy; a conflict with its state would not go away."""
    return code_of(error) in _BUSY - NOT_YET


def is_busy_function(error: Exception) -> bool:
    """Whether Lambda does not accept changes to the function for a while."""
    changing = code_of(error) == CONFLICT and _CHANGING in str(error)
    return changing or code_of(error) == _LAMBDAS_FAULT or is_busy(error)


def is_passing(error: Exception) -> bool:
    """Whether to ask again a little later: something new may not be visible yet."""
    return is_busy(error) or code_of(error) == "ResourceNotFoundException"


def is_unsigned(error: Exception) -> bool:
    """Whether AWS does not take the credentials, or there are none."""
    return code_of(error) in _UNSIGNED


def line_of(error: Exception) -> str:
    """The error's text, with the cure where AWS does not take the credentials."""
    text = str(error)
    if not is_unsigned(error):
        return text
    return f"{text}{'' if text.endswith('.') else '.'} {RENEW}"
