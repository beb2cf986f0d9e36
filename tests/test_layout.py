"""The house's own rules: what may import what, how large a module is, how things are named."""

import ast
import importlib
from functools import cache
from pathlib import Path

import pytest

from daehwa import answers, bot, stores
from daehwa.conversation import AnswerName
from daehwa.nlu.builtins import BUILT_INS
from daehwa.nlu.languages.locales import CUSTOMS

SOURCE = Path(__file__).parents[1] / "src"
PACKAGE = SOURCE / "daehwa"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 700
VAGUE = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "base"}

# Each room and the rooms that it may import. Text travels down this list, replies up.
ROOMS: dict[str, set[str]] = {"lex": set()}
# The steps of a request for whoever measures them: the port of all who make it wait.
ROOMS["tracing"] = set()
# The wire of our own ``/chat``, which everybody from the stores to AWS Lambda speaks.
ROOMS["chat"] = {"lex"}
ROOMS["bot"] = {"lex"}
# What the system says of a process, for those who look after one.
ROOMS["processes"] = set()
# llama.cpp in processes of its own: of understanding, where the author wants it, and of answering.
ROOMS["llama"] = set()
ROOMS["nlu"] = {"lex", "bot", "llama"}
ROOMS["dialog"] = {"lex", "bot"}
# What runs in the process of a code hook: every import would stand among the hook's own.
ROOMS["handlers"] = set()
ROOMS["hooks"] = {"lex", "bot", "dialog", "handlers", "tracing"}
# The sentence encoder, which understanding has in memory anyway; reached through a port.
ROOMS["documents"] = {"lex", "bot", "nlu"}
# One of the answerers answers from the documents.
ROOMS["answers"] = {"lex", "chat", "bot", "documents", "llama", "processes", "tracing"}
ROOMS["stores"] = {"lex", "chat", "dialog", "tracing"}
ROOMS["limits"] = {"stores"}
ROOMS["conversation"] = set(ROOMS)
# Bots that are made through the API, put into the conversation's catalogue.
ROOMS["workshop"] = {"bot", "dialog", "conversation", "stores"}
# What a bot's keeper asks of its files and of what was said.
ROOMS["care"] = {"lex", "chat", "bot", "nlu", "dialog", "hooks", "answers"}
ROOMS["care"] |= {"stores", "conversation"}
ROOMS["web"] = set()
ROOMS["server"] = set(ROOMS)
# What AWS Lambda starts: every import is paid for at each cold start.
ROOMS["aws"] = {"chat", "answers", "documents"}
ROOMS["cli"] = set(ROOMS)
# The package's version and nothing more stands at the top: everyone may know it.
PUBLIC_AT_THE_TOP = {"__version__"}
# `python -m daehwa` is the command and nothing else.
TOP_MAY_IMPORT = {"daehwa/__main__.py": {"cli"}}
# Verbs for people: a function of a program shows, reports, returns, reads or matches.
VERBS_FOR_PEOPLE = {"told", "said", "asked", "found"}
# HTTP's and Lex's own words.
PHRASES = {"not_found"}
# The names that several public classes share, and why that is right.
SHARED_NAMES = {
    "Lex calls both so, at run time and in a bot's export": {
        "Button",
        "ImageResponseCard",
        "Intent",
        "Message",
        "Slot",
        "SlotValue",
    },
    "the errors of both of Lex's APIs": {
        "ConflictException",
        "InternalServerException",
        "ResourceNotFoundException",
        "ThrottlingException",
        "ValidationException",
    },
    "what the page says in one locale, as sent and as configured": {"PageLocale"},
}
# Shapes that are generated or written anew from others of the same names.
TWINS = {"daehwa.chat.wire", "daehwa.documents.kendra.shapes", "daehwa.workshop.shapes"}
# The file names that stand in several rooms: those of the layout, which mean the same in each,
# and the nouns that several rooms have something to do with.
SHARED_FILES = {"errors", "limits", "logs", "registry", "settings", "testing", "values", "wire"}
SHARED_FILES |= {"backup", "bots", "chat", "chatgpt", "confirmation", "intents", "locales", "model"}
SHARED_FILES |= {"opening", "operations", "page", "quotas", "records", "response", "slots"}
SHARED_FILES |= {"wording"}
# Folders of tests that belong to no one room.
APART = {"chaos", "conformance", "deploy", "end_to_end", "fuzz"}


def dotted(module):
    parts = module.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def syntax(module):
    return ast.parse(module.read_text(encoding="utf-8"))


@cache
def nodes(module):
    return tuple(ast.walk(syntax(module)))


@cache
def imports(module):
    """The modules of ours that ``module`` imports, wherever in it, with the names it takes."""
    return tuple(_imports(module))


def _imports(module):
    for node in nodes(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "daehwa":
                    yield node.lineno, alias.name, None
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively"
            if node.module.split(".")[0] == "daehwa":
                for alias in node.names:
                    yield node.lineno, node.module, alias.name


def crossings():
    """Each import of one room by another (or by the top): its place, and who takes what."""
    for module in MODULES:
        parts = module.relative_to(PACKAGE).parts
        room = parts[0] if len(parts) > 1 else None
        for line, source, name in imports(module):
            place = f"{module.relative_to(SOURCE)}:{line}"
            if source != "daehwa":
                target = source.split(".")[1]
                if target != room:
                    yield place, room, target, source, name
            elif name not in PUBLIC_AT_THE_TOP:
                yield place, room, name, f"daehwa.{name}", None


def test_imports_point_one_way():
    wrong = [
        f"{place}: {room or 'the top of the package'} may not import {target}"
        for place, room, target, *_ in crossings()
        if target not in (ROOMS[room] if room else TOP_MAY_IMPORT.get(place.split(":")[0], ()))
    ]
    assert wrong == []


def test_rooms_are_entered_by_their_door():
    """What a room's ``__init__`` lists is what it offers to the others."""
    wrong = []
    for place, _, target, source, name in crossings():
        if source != f"daehwa.{target}":
            wrong.append(f"{place}: {source} is the inside of {target}")
        elif name is not None and name not in importlib.import_module(source).__all__:
            wrong.append(f"{place}: {target} does not offer {name}")
    assert wrong == []


def test_every_room_is_known():
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert rooms == set(ROOMS)


def test_a_module_is_one_noun():
    lengths = {dotted(module): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert long == {}, "look for the second noun"
    vague = [dotted(module) for module in MODULES if VAGUE & set(module.stem.split("_"))]
    assert vague == [], "name it after what it holds"


def test_a_function_is_named_by_what_it_does():
    human = [
        f"{dotted(module)}:{node.lineno} {node.name}"
        for module in MODULES
        for node in nodes(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and VERBS_FOR_PEOPLE & set(without_phrases(node.name).split("_"))
    ]
    assert human == [], "name it by its effect"


def test_a_value_is_named_by_what_it_is():
    human = [
        f"{module.name}:{node.lineno}: {name}"
        for module in MODULES
        for node in nodes(module)
        if (name := getattr(node, "id", getattr(node, "arg", getattr(node, "attr", None))))
        in VERBS_FOR_PEOPLE
    ]
    assert human == [], "name it by what it holds"


def without_phrases(name):
    for phrase in PHRASES:
        name = name.replace(phrase, "")
    return name


def test_a_class_name_has_one_meaning():
    homes: dict[str, list[str]] = {}
    for module in MODULES:
        if not any(dotted(module).startswith(twin) for twin in TWINS):
            for node in syntax(module).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    homes.setdefault(node.name, []).append(dotted(module))
    shared = {name: places for name, places in homes.items() if len(places) > 1}
    right = set.union(*SHARED_NAMES.values())
    assert {name: places for name, places in shared.items() if name not in right} == {}


def test_a_file_name_has_one_meaning():
    """Inside a room equal names are of one shape, as those of the languages."""
    rooms: dict[str, set[str]] = {}
    for module in MODULES:
        room, *inner = module.relative_to(PACKAGE).parts
        if inner and module.stem != "__init__":
            rooms.setdefault(module.stem, set()).add(room)
    shared = {name: sorted(where) for name, where in rooms.items() if len(where) > 1}
    assert {name: where for name, where in shared.items() if name not in SHARED_FILES} == {}


def test_errors_stand_in_a_section_of_their_docstring():
    inline = [
        f"{dotted(module)}:{node.lineno}"
        for module in MODULES
        for node in nodes(module)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and "Raises ``" in (ast.get_docstring(node) or "")
    ]
    assert inline == []


def test_a_module_says_what_it_is_for():
    silent = [dotted(m) for m in MODULES if not ast.get_docstring(syntax(m))]
    assert silent == []


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"web"}))
def test_a_room_lists_what_it_offers(room):
    door = importlib.import_module(f"daehwa.{room}")
    assert len(set(door.__all__)) == len(door.__all__)
    assert [name for name in door.__all__ if not hasattr(door, name)] == []


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"web"}))
def test_no_module_hides_what_a_door_offers_by_its_name(room):
    """A module that is imported becomes an attribute of its package, in a function's place."""
    door = importlib.import_module(f"daehwa.{room}")
    tree = syntax(PACKAGE / room / "__init__.py")
    hidden = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module.startswith(f"daehwa.{room}.")
        for alias in node.names
        if getattr(door, alias.asname or alias.name)
        is not getattr(importlib.import_module(node.module), alias.name)
    ]
    assert hidden == []


# What there may be more of one day: its names, where they are listed, and what else names most
# of them, because it has something for each.
ONE_LIST = {
    "built-in slot types": (
        {name.removeprefix("AMAZON.") for name in bot.BUILT_IN_SLOT_TYPES},
        "bot/signatures.py",
        {
            "bot/foreign/dialogflow.py",  # the one that is near to another system's
            "bot/foreign/rasa/entity_types.py",
            "bot/references.py",  # what people call it who do not know its name
            "nlu/builtins/registry.py",  # its reader
            "nlu/languages/en/examples.py",  # how it is said
            "nlu/languages/ko/examples.py",
            "nlu/slots/filling.py",  # how sure a value of it is
        },
    ),
    "built-in intents": (
        {name.removeprefix("AMAZON.") for name in bot.BUILT_IN_INTENTS},
        "bot/signatures.py",
        set(),
    ),
    "locales": (
        set(bot.LOCALE_NAMES),
        "bot/locales.py",
        {
            "nlu/languages/locales.py",  # how dates and numbers are written there
        },
    ),
    "answerers": (
        set(answers.ANSWERERS),
        "answers/registry.py",
        {"answers/__init__.py"},  # the modules of the room, of which some are named like that
    ),
    "stores": (
        {scheme for kind in stores.STORES for scheme in kind.schemes},
        "stores/opening.py",
        set(),
    ),
}


@pytest.mark.parametrize("what", ONE_LIST)
def test_what_there_may_be_more_of_is_listed_once(what):
    names, place, beside = ONE_LIST[what]
    naming = {
        module.relative_to(PACKAGE).as_posix()
        for module in MODULES
        if 2 * len(names & constants(module)) > len(names)
    }
    assert naming == {place} | beside


@cache
def constants(module):
    """The texts that stand in a module's code."""
    values = (node.value for node in nodes(module) if isinstance(node, ast.Constant))
    return {value for value in values if isinstance(value, str)}


def test_what_has_something_for_each_has_it_for_all():
    assert set(BUILT_INS) == bot.BUILT_IN_SLOT_TYPES
    assert set(CUSTOMS) == set(bot.LOCALE_NAMES)
    assert set(AnswerName) == {*answers.ANSWERERS, "none"}


def test_tests_mirror_the_source():
    tests = Path(__file__).parent
    folders = {path.parent.name for path in tests.glob("*/test_*.py")}
    assert folders <= set(ROOMS) | APART, "a folder of tests is named after its room"
