"""Clients of AWS's services, and its errors as ours.

``boto3`` comes with the extra ``aws``: it finds credentials wherever AWS's own tools find them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, Final

from daehwa.documents.errors import FailureReason, SearchFailed

_THROTTLED: Final = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "TooManyRequestsException",
}
_SERVER: Final = 500
_TOO_MANY: Final = 429


def available() -> bool:
    """Whether boto3 is installed."""
    return find_spec("boto3") is not None


def client(service: str, region: str | None, endpoint_url: str | None, seconds: float) -> Any:
    """A client whose calls end within ``seconds`` and are not tried again beneath us.

    Raises:
        SearchFailed: it cannot be made.
    """
    with as_search_errors(service):
        import boto3  # noqa: PLC0415 - an extra; 100 ms that only its users should pay
        from botocore.config import Config  # noqa: PLC0415

        config = Config(
            connect_timeout=seconds, read_timeout=seconds, retries={"total_max_attempts": 1}
        )
        session = boto3.Session()
        return session.client(service, region_name=region, endpoint_url=endpoint_url, config=config)


@contextmanager
def as_search_errors(name: str) -> Iterator[None]:
    """Botocore's errors as ``SearchFailed``; ``name`` is the service's for the message."""
    from botocore import exceptions  # noqa: PLC0415

    try:
        yield
    except exceptions.ClientError as error:
        raise SearchFailed(_reason(error.response), f"{name}: {error}") from error
    except (exceptions.ConnectTimeoutError, exceptions.ReadTimeoutError) as error:
        raise SearchFailed("timed out", f"{name}: {error}") from error
    except (exceptions.HTTPClientError, exceptions.ConnectionError) as error:
        raise SearchFailed("unreachable", f"{name}: {error}") from error
    except exceptions.BotoCoreError as error:
        # No credentials, no region, a request that its model forbids.
        raise SearchFailed("refused", f"{name}: {error}") from error
    except ValueError as error:
        raise SearchFailed(
            "failed", f"{name} answered with something that cannot be read: {error}"
        ) from error


def _reason(response: Any) -> FailureReason:
    code = str(response.get("Error", {}).get("Code", ""))
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _THROTTLED or status == _TOO_MANY:
        return "throttled"
    return "failed" if status >= _SERVER else "refused"
