"""A bot as a folder of text files that people write: read, written, and changed."""

from daehwa.bot.project.compiling import Compiled, compile_project, project_files
from daehwa.bot.project.keeping import keep, kept
from daehwa.bot.project.layout import is_project
from daehwa.bot.project.writing import project_texts, save_imported, save_project

__all__ = [
    "Compiled",
    "compile_project",
    "is_project",
    "keep",
    "kept",
    "project_files",
    "project_texts",
    "save_imported",
    "save_project",
]
