"""The errors that a person can mend: imported when there is one, for the rooms that they are of."""

from __future__ import annotations

from typing import Final

from daehwa import answers, bot, documents, nlu, stores
from daehwa.care import TestingError
from daehwa.cli.deployed_table import TableUnreadableError
from daehwa.cli.lex_account import AccountError
from daehwa.cli.secret_files import SecretFileError
from daehwa.conversation import CatalogueError, SettingsError
from daehwa.server import CredentialsError, ServerError

ERRORS: Final = (
    SecretFileError,
    bot.BotError,
    nlu.NluError,
    CatalogueError,
    SettingsError,
    ServerError,
    CredentialsError,
    stores.StoreError,
    stores.BackupError,
    answers.AnswerError,
    documents.DocumentError,
    AccountError,
    TableUnreadableError,
    TestingError,
    OSError,
)
