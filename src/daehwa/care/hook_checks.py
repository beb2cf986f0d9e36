"""Checking the code hooks of a configuration: whether a bot's calls have one, and it is there.

Nothing is imported or called: a Python hook is looked for in its file.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from daehwa import bot
from daehwa.care.named_bots import meant_bot, names_of
from daehwa.conversation import HookSetting, SettingsError, hook_file

# What is a file by its name, though it could be a module.
_ENDINGS: Final = (".py", ".js", ".ts", ".mjs")
_ALIAS_LENGTH: Final = 10


def hook_problems(
    definition: bot.Bot,
    hooks: tuple[HookSetting, ...],
    config: Path,
    *,
    beside: Collection[str] = (),
) -> Iterator[bot.Problem]:
    """What is wrong with the entries of ``[[hooks]]`` in the file ``config``, for this bot.

    ``beside`` are the names of the other bots that are checked.
    """
    for index, hook in enumerate(hooks, 1):
        fault = _fault(definition, hook, beside)
        if fault is not None:
            yield bot.Problem(
                severity=bot.RULES[fault.code].severity,
                code=fault.code,
                file=str(config.absolute()),
                field=f"hooks[{index}].{fault.member}",
                message=fault.message,
                cure=fault.cure,
            )


def unanswered_calls(definition: bot.Bot, hooks: tuple[HookSetting, ...]) -> Iterator[bot.Problem]:
    """Code hooks that nothing would answer here, except FallbackIntent's, which a model answers."""
    names = names_of(definition)
    for locale in definition.locales.values():
        if any(hook.bot in names and hook.locale in ("*", locale.identifier) for hook in hooks):
            continue
        calling = [
            intent.name
            for intent in locale.intents.values()
            if intent.parent_intent_signature not in bot.UNRECOGNISED_INTENTS and _calls(intent)
        ]
        if calling:
            yield bot.Problem(
                severity=bot.RULES["hook-not-configured"].severity,
                code="hook-not-configured",
                file=bot.locale_file(definition.name, locale.identifier),
                field="$",
                message=f"{', '.join(calling)} {'calls' if len(calling) == 1 else 'call'} a code "
                "hook, and the configuration names none for this locale.",
                cure=f'Add [[hooks]] with bot = "{definition.name}" to daehwa.toml.',
            )


def _calls(intent: bot.Intent) -> bool:
    dialog, fulfilment = intent.dialog_code_hook, intent.fulfillment_code_hook
    return (dialog is not None and dialog.enabled) or (
        fulfilment is not None and fulfilment.enabled and fulfilment.is_active is not False
    )


class _Fault(NamedTuple):
    """A rule's code, the member that breaks it, what is wrong, and the cure."""

    code: str
    member: str
    message: str
    cure: str


def _fault(definition: bot.Bot, hook: HookSetting, beside: Collection[str]) -> _Fault | None:
    if hook.bot not in names_of(definition):
        meant = meant_bot(hook.bot, definition, beside)
        if meant is None:
            return None
        message = f'no bot here has the name "{hook.bot}".'
        return _Fault("hook-of-nobody", "bot", message, f'Write "{meant}" if that is meant.')
    if hook.bot != "*" and hook.locale not in ("*", *definition.locales):
        spoken = ", ".join(definition.locales)
        message = f'"{definition.name}" has no locale "{hook.locale}": nothing calls this hook.'
        cure = f"Write one of: {spoken}; or leave it out."
        return _Fault("hook-of-nobody", "locale", message, cure)
    if hook.locale not in ("*", *bot.LOCALE_NAMES):
        message = f'Lex has no locale "{hook.locale}": nothing calls this hook.'
        cure = "Write one, such as ko_KR, or leave it out."
        return _Fault("hook-of-nobody", "locale", message, cure)
    if hook.alias != "*" and not (len(hook.alias) == _ALIAS_LENGTH and hook.alias.isalnum()):
        message = f'"{hook.alias}" is not the id of an alias: nothing calls this hook.'
        cure = "Write the ten letters and digits of its id, or leave it out."
        return _Fault("hook-of-nobody", "alias", message, cure)
    return _missing(hook)


def _missing(hook: HookSetting) -> _Fault | None:
    """Why the hook cannot be called, as far as that can be seen without running it."""
    member = "python" if hook.python else "url" if hook.url else "lambda"
    try:
        file = hook_file(hook)
    except SettingsError as error:
        return _Fault("hook-not-there", member, f"{error}.", "Correct it.")
    if hook.python is None:
        return None
    module, _, function = hook.python.rpartition(":")
    if file is not None and file.is_file():
        return _missing_function(file, function)
    if all(part.isidentifier() for part in module.split(".")) and not module.endswith(_ENDINGS):
        return None  # the module of a package, perhaps of another environment
    if not module.endswith(".py"):
        message = f'"{module}" is neither a module nor a Python file.'
        cure = "Write module:function, or folder/file.py:function."
        return _Fault("hook-not-there", member, message, cure)
    message = f"there is no file {module}."
    return _Fault("hook-not-there", member, message, "Write its path from this file's folder.")


def _missing_function(file: Path, function: str) -> _Fault | None:
    try:
        names = set(_defined(ast.parse(file.read_bytes())))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        message = f"{file.name} is not valid Python{f': line {line}' if line else ''}."
        return _Fault("hook-not-there", "python", message, "Correct the file.")
    if function in names or "*" in names:
        return None
    near = difflib.get_close_matches(function, names, 1)
    cure = f'Write "{near[0]}" if that is meant.' if near else "Write a function of the file."
    return _Fault("hook-not-there", "python", f'{file.name} has no function "{function}".', cure)


def _defined(tree: ast.Module) -> Iterator[str]:
    """The names that a module binds anywhere outside functions and classes."""
    inner: list[ast.AST] = [tree]
    while inner:
        node = inner.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        inner.extend(ast.iter_child_nodes(node))
