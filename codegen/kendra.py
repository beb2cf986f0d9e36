"""The shapes of Kendra's operations, as msgspec structs: requests with bounds, and responses.

Structures in ``NOT_READ`` are settings that this program does not have: a request that has one is
refused, and a response never does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from botocore import xform_name

from codegen.model import PACKAGE, formatted, header, service_model

SERVICE = "kendra"
FOLDER = PACKAGE / "documents" / "kendra" / "shapes"

OPERATIONS = (
    "Query",
    "Retrieve",
    "SubmitFeedback",
    "GetQuerySuggestions",
    "ListIndices",
    "DescribeIndex",
    "BatchPutDocument",
    "BatchDeleteDocument",
    "BatchGetDocumentStatus",
)
"""The operations that are carried out."""

NOT_READ = frozenset(
    {
        "CapacityUnitsConfiguration",
        "CollapseConfiguration",
        "CollapsedResultDetail",
        "CustomDocumentEnrichmentConfiguration",
        "DataSourceSyncJobMetricTarget",
        "DocumentRelevanceConfiguration",
        "FeaturedResultsItem",
        "HierarchicalPrincipal",
        "Principal",
        "ServerSideEncryptionConfiguration",
        "SpellCorrectedQuery",
        "TableExcerpt",
        "UserContext",
        "UserGroupResolutionConfiguration",
        "UserTokenConfiguration",
        "Warning",
    }
)

_PLAIN = {
    "string": "str",
    "integer": "int",
    "long": "int",
    "boolean": "bool",
    # On this wire: seconds since 1970.
    "timestamp": "float",
    # In base 64.
    "blob": "str",
}


def files() -> dict[Path, str]:
    """The text of each module of ``daehwa.documents.kendra.shapes``, by its path."""
    sent: dict[str, Any] = {}
    returned: dict[str, Any] = {}
    for name in OPERATIONS:
        operation = service_model(SERVICE).operation_model(name)
        _collect(operation.input_shape, sent)
        if operation.output_shape is not None:
            _collect(operation.output_shape, returned)
    texts = {
        "__init__": header("The requests and responses of Kendra's wire.", "kendra.py", SERVICE),
        "kendra_requests": _module("The requests.", sent, bounded=True),
        "kendra_responses": _module("The responses.", returned, bounded=False),
        "operations": _operations(),
    }
    return {FOLDER / f"{name}.py": formatted(text + "\n") for name, text in texts.items()}


def _collect(shape: Any, known: dict[str, Any]) -> None:
    """Every structure inside a shape, inner ones first."""
    if shape.type_name == "list":
        _collect(shape.member, known)
    elif shape.type_name == "structure" and shape.name not in NOT_READ | set(known):
        known[shape.name] = None
        for member in shape.members.values():
            _collect(member, known)
        del known[shape.name]
        known[shape.name] = shape


def _module(about: str, shapes: dict[str, Any], *, bounded: bool) -> str:
    bodies = [_struct(shape, bounded=bounded) for shape in shapes.values()]
    source = "\n\n\n".join(bodies)
    lines = [header(about, "kendra.py", SERVICE), "", "from __future__ import annotations", ""]
    names = [
        name
        for name in ("Annotated", "Any", "Literal")
        if f"{name}[" in source or f"{name}]" in source
    ]
    lines += [f"from typing import {', '.join(names)}", "", "import msgspec", ""]
    lines += ["from daehwa.documents.kendra.kendra_shape import KendraShape", "", "", source]
    return "\n".join(lines)


def _struct(shape: Any, *, bounded: bool) -> str:
    about = f"The structure {shape.name}."
    for kind, word in (("Request", "request"), ("Response", "response"), ("Result", "response")):
        if shape.name.removesuffix(kind) in OPERATIONS:
            about = f"The {word} of {shape.name.removesuffix(kind)}."
    lines = [
        f"class {shape.name}(KendraShape, frozen=True, kw_only=True):",
        f'    """{about}"""',
        "",
    ]
    for name, inner in shape.members.items():
        attribute = xform_name(name)
        renamed = f'name="{name}"' if _pascal(attribute) != name else ""
        annotation = _type(inner, bounded=bounded)
        if name in shape.required_members:
            default = f" = msgspec.field({renamed})" if renamed else ""
            lines.append(f"    {attribute}: {annotation}{default}")
        else:
            default = f"msgspec.field(default=None, {renamed})" if renamed else "None"
            lines.append(f"    {attribute}: {annotation} | None = {default}")
    return "\n".join(lines)


def _type(shape: Any, *, bounded: bool) -> str:
    if shape.type_name == "structure":
        return "dict[str, Any]" if shape.name in NOT_READ else str(shape.name)
    if shape.type_name == "list":
        return _bounded(f"list[{_type(shape.member, bounded=bounded)}]", shape, bounded=bounded)
    if shape.type_name == "map":
        return f"dict[str, {_type(shape.value, bounded=bounded)}]"
    choices = getattr(shape, "enum", None)
    if choices:
        return f"Literal[{', '.join(map(repr, choices))}]"
    return _bounded(_PLAIN[shape.type_name], shape, bounded=bounded)


def _bounded(text: str, shape: Any, *, bounded: bool) -> str:
    metadata = shape.metadata if bounded else {}
    numeric = shape.type_name in ("integer", "long")
    least, most = ("ge", "le") if numeric else ("min_length", "max_length")
    given = [
        f"{word}={metadata[key]}"
        for key, word in (("min", least), ("max", most))
        if key in metadata
    ]
    if "pattern" in metadata:
        # Python's patterns have no classes of Unicode: what is meant are control characters.
        pattern = metadata["pattern"].replace(r"\P{C}", r"[^\x00-\x1f\x7f-\x9f]")
        given.append(f'pattern=r"{pattern}"')
    return f"Annotated[{text}, msgspec.Meta({', '.join(given)})]" if given else text


def _operations() -> str:
    lines = [header("The operations that are carried out.", "kendra.py", SERVICE), ""]
    lines += [
        "from typing import Final",
        "",
        "from daehwa.documents.kendra.kendra_shape import KendraShape",
    ]
    lines += ["from daehwa.documents.kendra.shapes import kendra_requests as requests", ""]
    target = service_model(SERVICE).metadata["targetPrefix"]
    lines += [
        f'TARGET: Final = "{target}."',
        '"""What the header that names an operation begins with."""',
    ]
    lines += ["", "REQUESTS: Final[dict[str, type[KendraShape]]] = {"]
    for name in OPERATIONS:
        shape = service_model(SERVICE).operation_model(name).input_shape.name
        lines.append(f'"{name}": requests.{shape},')
    names = ", ".join(f'"{name}"' for name in service_model(SERVICE).operation_names)
    return "\n".join([*lines, "}", "", f"ALL_NAMES: Final = frozenset(({names}))"])


def _pascal(attribute: str) -> str:
    """The name that ``rename="pascal"`` gives an attribute."""
    return "".join(word.capitalize() for word in attribute.split("_"))
