"""The shapes of the model-building API, as msgspec structs, and its table of operations.

Every operation of the service model is in the table, so that each of its paths is answered. Only
the operations in ``OPERATIONS`` have typed requests and responses: those that a handler of
``daehwa.workshop`` carries out. Of the structures inside them only those in ``READ`` are typed.
The others are parts of a bot's definition, which ``daehwa.bot`` types once for the API and for
exports, or settings that are stored and returned as they came. What the model demands of those
that a client sends stands in modules of parts, and a request's member names its part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from botocore import xform_name

from codegen.model import PACKAGE, formatted, header, service_model

SERVICE = "lexv2-models"
FOLDER = PACKAGE / "workshop" / "shapes"

OPERATIONS: dict[str, tuple[str, ...]] = {
    "bots": ("CreateBot", "DescribeBot", "UpdateBot", "DeleteBot", "ListBots"),
    "locales": (
        "CreateBotLocale",
        "DescribeBotLocale",
        "UpdateBotLocale",
        "DeleteBotLocale",
        "ListBotLocales",
        "BuildBotLocale",
    ),
    "intents": ("CreateIntent", "DescribeIntent", "UpdateIntent", "DeleteIntent", "ListIntents"),
    "slots": ("CreateSlot", "DescribeSlot", "UpdateSlot", "DeleteSlot", "ListSlots"),
    "slot_types": (
        "CreateSlotType",
        "DescribeSlotType",
        "UpdateSlotType",
        "DeleteSlotType",
        "ListSlotTypes",
    ),
    "builtins": ("ListBuiltInIntents", "ListBuiltInSlotTypes"),
    "versions": (
        "CreateBotVersion",
        "DescribeBotVersion",
        "DeleteBotVersion",
        "ListBotVersions",
    ),
    "aliases": (
        "CreateBotAlias",
        "DescribeBotAlias",
        "UpdateBotAlias",
        "DeleteBotAlias",
        "ListBotAliases",
    ),
    "imports": ("CreateUploadUrl", "StartImport", "DescribeImport", "ListImports", "DeleteImport"),
    "exports": ("CreateExport", "DescribeExport", "UpdateExport", "ListExports", "DeleteExport"),
    "vocabularies": (
        "BatchCreateCustomVocabularyItem",
        "BatchUpdateCustomVocabularyItem",
        "BatchDeleteCustomVocabularyItem",
        "ListCustomVocabularyItems",
        "DescribeCustomVocabularyMetadata",
        "DeleteCustomVocabulary",
    ),
    "policies": (
        "CreateResourcePolicy",
        "UpdateResourcePolicy",
        "DescribeResourcePolicy",
        "DeleteResourcePolicy",
        "CreateResourcePolicyStatement",
        "DeleteResourcePolicyStatement",
    ),
    "tags": ("TagResource", "UntagResource", "ListTagsForResource"),
    "analytics": (
        "ListSessionMetrics",
        "ListIntentMetrics",
        "ListIntentStageMetrics",
        "ListUtteranceMetrics",
        "ListIntentPaths",
        "ListSessionAnalyticsData",
        "ListUtteranceAnalyticsData",
        "ListAggregatedUtterances",
        "DeleteUtterances",
    ),
}
"""The operations that are carried out, by the module that holds their shapes."""

READ = frozenset(
    {
        "AnalyticsBinBySpecification",
        "AnalyticsIntentGroupBySpecification",
        "AnalyticsIntentMetric",
        "AnalyticsIntentStageGroupBySpecification",
        "AnalyticsIntentStageMetric",
        "AnalyticsSessionGroupBySpecification",
        "AnalyticsSessionMetric",
        "AnalyticsUtteranceAttribute",
        "AnalyticsUtteranceGroupBySpecification",
        "AnalyticsUtteranceMetric",
        "BotAliasHistoryEvent",
        "BotExportSpecification",
        "BotImportSpecification",
        "BotLocaleExportSpecification",
        "BotLocaleImportSpecification",
        "BotVersionLocaleDetails",
        "CustomVocabularyEntryId",
        "CustomVocabularyExportSpecification",
        "CustomVocabularyImportSpecification",
        "CustomVocabularyItem",
        "DataPrivacy",
        "ExportResourceSpecification",
        "FailedCustomVocabularyItem",
        "ImportResourceSpecification",
        "NewCustomVocabularyItem",
        "Principal",
        "RelativeAggregationDuration",
        "UtteranceAggregationDuration",
    }
)
"""The structures that handlers read or build, beside those that lists have."""

_OF_LISTS = ("Filter", "SortBy", "Summary")
_SCALARS = "scalars"
_STRUCTURES = "structures"
_ROUTES = "routes"
_TABLE = "operations"
# The modules of parts: by the module whose requests have them, of several, of any other.
_PART_MODULES = {"intents": "intent_parts", "slots": "slot_parts"}
_SHARED_PARTS = "dialog_parts"
_OTHER_PARTS = "setting_parts"
_PARTS = (_SHARED_PARTS, *_PART_MODULES.values(), _OTHER_PARTS)
# Which error says that something does not exist, in the order of preference.
_MISSING = ("ResourceNotFoundException", "PreconditionFailedException", "ValidationException")
# A prefix of many paths, so that their lines are short.
_LOCALE = "/bots/{botId}/botversions/{botVersion}/botlocales/{localeId}/"
_PLAIN = {
    "string": "str",
    "integer": "int",
    "double": "float",
    "boolean": "bool",
    # On this wire: seconds since 1970.
    "timestamp": "float",
}


def files() -> dict[Path, str]:
    """The text of each module of ``daehwa.workshop.shapes``, by its path."""
    texts = _Writer().modules()
    return {FOLDER / f"{name}.py": formatted(text) for name, text in texts.items()}


class _Writer:
    """Collects what each module holds, then writes the modules."""

    def __init__(self) -> None:
        self._model: Any = service_model(SERVICE)
        # Of each typed structure: the modules that use it, and whether a client sends it.
        self._users: dict[str, set[str]] = {}
        self._sent: set[str] = set()
        self._scalars: dict[str, str] = {}
        self._homes: dict[str, str] = {}
        # Of each structure of requests that is not typed there: the modules of parts for it.
        self._parts: dict[str, set[str]] = {}

    def modules(self) -> dict[str, str]:
        """The text of each module, by its name."""
        for module, names in OPERATIONS.items():
            for name in names:
                operation = self._model.operation_model(name)
                self._collect(operation.input_shape, module, sent=True)
                if operation.output_shape is not None:
                    self._collect(operation.output_shape, module, sent=False)
        for name, modules in self._users.items():
            self._homes[name] = modules.copy().pop() if len(modules) == 1 else _STRUCTURES
        for name, modules in self._parts.items():
            self._homes[name] = modules.copy().pop() if len(modules) == 1 else _SHARED_PARTS
        texts = {name: self._module(name) for name in (_STRUCTURES, *OPERATIONS, *_PARTS)}
        return {
            "__init__": _header(
                "The requests and responses of Lex's model-building API, and its operations."
            ),
            _SCALARS: self._scalar_module(),
            **texts,
            _ROUTES: self._routes(),
            _TABLE: self._table(),
        }

    def _collect(self, shape: Any, module: str, *, sent: bool) -> None:
        if sent:
            self._sent.add(shape.name)
        self._users.setdefault(shape.name, set()).add(module)
        for member in shape.members.values():
            for inner in _inside(member):
                if _typed(inner):
                    self._collect(inner, module, sent=sent)
                elif sent and inner.type_name == "structure":
                    self._collect_part(inner, _PART_MODULES.get(module, _OTHER_PARTS))

    def _collect_part(self, shape: Any, module: str) -> None:
        modules = self._parts.setdefault(shape.name, set())
        if module in modules:
            return
        modules.add(module)
        self._sent.add(shape.name)
        for member in shape.members.values():
            for inner in _inside(member):
                if inner.type_name == "structure":
                    self._collect_part(inner, module)

    # --- one module -------------------------------------------------------------------

    def _module(self, module: str) -> str:
        names = [name for name, home in self._homes.items() if home == module]
        used: set[str] = set()
        bodies = [self._struct(name, used) for name in self._ordered(names)]
        source = "\n\n\n".join(bodies)
        about = f"The shapes of {module.replace('_', ' ')}."
        if module in _PARTS:
            about = f"What the model demands of the {module.replace('_', ' ')} of requests."
        lines = [_header(about), ""]
        lines += ["from __future__ import annotations", ""]
        if "Annotated[" in source:
            lines.append("from typing import Annotated\n")
        if "msgspec." in source:
            lines.append("import msgspec\n")
        shape = ["Shape", *(["Structure"] if "Structure" in source else [])]
        lines.append(f"from daehwa.workshop.shape import {', '.join(shape)}")
        for home in sorted({_SCALARS, _SHARED_PARTS, _STRUCTURES} - {module}):
            names = sorted((name for name in used if self._home(name) == home), key=str.casefold)
            if names:
                lines.append(f"from daehwa.workshop.shapes.{home} import ({', '.join(names)},)")
        return "\n".join([*lines, "", "", source, ""])

    def _home(self, name: str) -> str | None:
        return _SCALARS if name in self._scalars else self._homes.get(name)

    def _ordered(self, names: Iterable[str]) -> list[str]:
        """Structures inside others first, then requests and responses as the model has them."""
        operations = [name for name in names if name.endswith(("Request", "Response"))]
        return sorted(set(names) - set(operations)) + operations

    def _struct(self, name: str, used: set[str]) -> str:
        shape = self._model.shape_for(name)
        about = f"The structure {name}."
        for kind, word in (("Request", "request"), ("Response", "response")):
            if name.endswith(kind):
                about = f"The {word} of {name.removesuffix(kind)}."
        lines = [f"class {name}(Shape, frozen=True, kw_only=True):", f'    """{about}"""', ""]
        for member, inner in shape.members.items():
            lines.append("    " + self._member(shape, member, inner, used))
        return "\n".join(lines).rstrip()

    def _member(self, shape: Any, member: str, inner: Any, used: set[str]) -> str:
        attribute = xform_name(member)
        annotation = self._type(inner, used, owner=shape.name)
        renamed = f'name="{member}"' if _camel(attribute) != member else ""
        if shape.name in self._sent and member in shape.required_members:
            return f"{attribute}: {annotation}" + (
                f" = msgspec.field({renamed})" if renamed else ""
            )
        default = f"msgspec.field(default=None, {renamed})" if renamed else "None"
        return f"{attribute}: {annotation} | None = {default}"

    def _type(self, shape: Any, used: set[str], *, owner: str) -> str:
        bounded = owner in self._sent
        if shape.type_name == "structure":
            if _typed(shape) or owner in self._parts:
                used.add(shape.name)
                return str(shape.name)
            if not bounded:
                return "Structure"
            place = f"{self._homes[shape.name]}.{shape.name}"
            return f'Annotated[Structure, msgspec.Meta(extra={{"part": "{place}"}})]'
        if shape.type_name == "list":
            item = self._type(shape.member, used, owner=owner)
            return self._bounded(f"list[{item}]", shape, bounded=bounded)
        if shape.type_name == "map":
            key = self._type(shape.key, used, owner=owner)
            value = self._type(shape.value, used, owner=owner)
            return self._bounded(f"dict[{key}, {value}]", shape, bounded=bounded)
        return self._scalar(shape, used, bounded=bounded)

    def _scalar(self, shape: Any, used: set[str], *, bounded: bool) -> str:
        plain = _PLAIN[shape.type_name]
        choices = getattr(shape, "enum", None)
        if choices:
            text = f"Literal[{', '.join(map(repr, choices))}]"
        else:
            text = self._bounded(plain, shape, bounded=bounded)
        if text == plain:
            return plain
        self._scalars[shape.name] = text
        used.add(shape.name)
        return str(shape.name)

    @staticmethod
    def _bounded(text: str, shape: Any, *, bounded: bool) -> str:
        bounds = _bounds(shape) if bounded else ""
        return f"Annotated[{text}, msgspec.Meta({bounds})]" if bounds else text

    def _scalar_module(self) -> str:
        about = "The bounded and enumerated scalars of the requests and responses."
        lines = [_header(about), "", "from typing import Annotated, Literal", ""]
        lines += ["import msgspec", ""]
        lines += [f"{name} = {text}" for name, text in sorted(self._scalars.items())]
        return "\n".join([*lines, ""])

    # --- the tables of operations -----------------------------------------------------

    def _routes(self) -> str:
        lines = [_header("The method and the path of every operation of the API."), ""]
        lines += ["from typing import Final", "", "from daehwa.workshop.shape import Route", ""]
        lines += [f"_LOCALE: Final = {_LOCALE!r}", "", "ROUTES: Final = ("]
        for name in self._model.operation_names:
            http = self._model.operation_model(name).http
            lines.append(f"Route({name!r}, {http['method']!r}, {_path(http['requestUri'])}),")
        return "\n".join([*lines, ")", ""])

    def _table(self) -> str:
        lines = [_header("The operations that are carried out."), ""]
        lines += ["from typing import Final", ""]
        lines.append("from daehwa.workshop.shape import OperationModel")
        lines.append(f"from daehwa.workshop.shapes import ({', '.join(sorted(OPERATIONS))},)")
        lines += ["", "OPERATIONS: Final[dict[str, OperationModel]] = {"]
        for module, names in OPERATIONS.items():
            for name in names:
                lines.append(f"{name!r}: OperationModel({', '.join(self._entry(name, module))}),")
        return "\n".join([*lines, "}", ""])

    def _entry(self, name: str, module: str) -> Iterator[str]:
        operation = self._model.operation_model(name)
        yield f"{module}.{operation.input_shape.name}"
        yield f"status={operation.http['responseCode']}"
        queried = [
            member
            for member, shape in operation.input_shape.members.items()
            if shape.serialization.get("location") == "querystring"
        ]
        if queried:
            yield f"query=({', '.join(map(repr, queried))},)"
        declared = {shape.name for shape in operation.error_shapes}
        yield f'missing="{next(error for error in _MISSING if error in declared)}"'


def _header(about: str) -> str:
    return header(about, "shapes.py", SERVICE)


def _path(path: str) -> str:
    inner = path.removeprefix(_LOCALE)
    return f"_LOCALE + {inner!r}" if inner and inner != path else repr(path)


def _typed(shape: Any) -> bool:
    return shape.type_name == "structure" and (shape.name in READ or shape.name.endswith(_OF_LISTS))


def _inside(shape: Any) -> Iterator[Any]:
    """The shape, and those that a list or a map of it holds."""
    yield shape
    if shape.type_name == "list":
        yield from _inside(shape.member)
    elif shape.type_name == "map":
        yield from _inside(shape.value)


def _bounds(shape: Any) -> str:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    numeric = shape.type_name in ("integer", "double")
    words = ("ge", "le") if numeric else ("min_length", "max_length")
    given = [
        f"{word}={bound}"
        for word, bound in zip(words, (least, most), strict=True)
        if bound is not None
    ]
    if shape.metadata.get("pattern"):
        given.append(f"pattern={_raw(shape.metadata['pattern'])}")
    if shape.metadata.get("sensitive"):
        given.append('extra={"sensitive": True}')
    return ", ".join(given)


def _raw(pattern: str) -> str:
    return f'r"{pattern}"' if "\\" in pattern else f'"{pattern}"'


def _camel(attribute: str) -> str:
    """The name that ``rename="camel"`` gives an attribute."""
    first, *others = attribute.split("_")
    return first + "".join(word.capitalize() for word in others)
