"""A library of its own for each test, and the real encoder, loaded once a process."""

import pytest

from daehwa.documents import Audience, Indexer, Library


class Desk:
    """A folder of files, and the library that is made of it."""

    def __init__(self, folder):
        self.folder = folder
        self.files = folder / "files"
        self.files.mkdir()
        self.data = folder / "data"
        self.library = Library(self.data)

    def write(self, name, text):
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def index(self, *paths, scope=None):
        with Indexer(self.data) as indexer:
            indexer.add_files(paths or (self.files,), scope or Audience())
            return indexer.publish()

    def best(self, question, **options):
        hits = self.library.search(question, **options)
        return hits[0] if hits else None


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.library.close()
