"""The operations on tags, of bots and aliases."""

from __future__ import annotations

from collections.abc import Iterable

from daehwa.workshop.arns import bot_of_arn
from daehwa.workshop.errors import ValidationException
from daehwa.workshop.shapes.tags import (
    ListTagsForResourceRequest,
    ListTagsForResourceResponse,
    TagResourceRequest,
    TagResourceResponse,
    UntagResourceRequest,
    UntagResourceResponse,
)
from daehwa.workshop.workshop import Workshop


def require_own_keys(keys: Iterable[str] | None) -> None:
    """Refuse keys that begin as only AWS's own do (AWS Tag Editor guide, "Tag naming limits").

    Raises:
        ValidationException: one does.
    """
    for key in keys or ():
        if key.casefold().startswith("aws:"):
            raise ValidationException(
                f"The tag {key} begins with aws:, which AWS keeps for itself."
            )


def tag_resource(workshop: Workshop, request: TagResourceRequest) -> TagResourceResponse:
    """TagResource."""
    resource, end = bot_of_arn(workshop, request.resource_arn, editable=True)
    require_own_keys(request.tags)
    resource.record.tags[end] = resource.record.tags.get(end, {}) | request.tags
    workshop.save(resource)
    return TagResourceResponse()


def untag_resource(workshop: Workshop, request: UntagResourceRequest) -> UntagResourceResponse:
    """UntagResource."""
    resource, end = bot_of_arn(workshop, request.resource_arn, editable=True)
    tags = resource.record.tags.get(end, {})
    resource.record.tags[end] = {
        key: value for key, value in tags.items() if key not in request.tag_keys
    }
    workshop.save(resource)
    return UntagResourceResponse()


def list_tags_for_resource(
    workshop: Workshop, request: ListTagsForResourceRequest
) -> ListTagsForResourceResponse:
    """ListTagsForResource."""
    resource, end = bot_of_arn(workshop, request.resource_arn)
    return ListTagsForResourceResponse(tags=resource.record.tags.get(end, {}))
