"""The shapes of tags.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.scalars import (
    AmazonResourceName,
    TagKey,
    TagValue,
)


class TagResourceRequest(Shape, frozen=True, kw_only=True):
    """The request of TagResource."""

    resource_arn: AmazonResourceName = msgspec.field(name="resourceARN")
    tags: Annotated[dict[TagKey, TagValue], msgspec.Meta(min_length=0, max_length=200)]


class TagResourceResponse(Shape, frozen=True, kw_only=True):
    """The response of TagResource."""


class UntagResourceRequest(Shape, frozen=True, kw_only=True):
    """The request of UntagResource."""

    resource_arn: AmazonResourceName = msgspec.field(name="resourceARN")
    tag_keys: Annotated[list[TagKey], msgspec.Meta(min_length=0, max_length=200)]


class UntagResourceResponse(Shape, frozen=True, kw_only=True):
    """The response of UntagResource."""


class ListTagsForResourceRequest(Shape, frozen=True, kw_only=True):
    """The request of ListTagsForResource."""

    resource_arn: AmazonResourceName = msgspec.field(name="resourceARN")


class ListTagsForResourceResponse(Shape, frozen=True, kw_only=True):
    """The response of ListTagsForResource."""

    tags: dict[str, str] | None = None
