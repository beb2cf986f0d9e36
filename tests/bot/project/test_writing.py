"""Writing a project: what is in a folder otherwise stays, and nothing is overwritten unasked."""

import pytest

from daehwa import bot


@pytest.fixture
def cafe(write):
    return bot.load(write())


def test_a_project_is_not_written_over_unless_that_is_wanted(cafe, tmp_path):
    folder = tmp_path / "mine"
    (folder / "tests").mkdir(parents=True)
    (folder / "tests/notes.yaml").write_text("mine", "utf-8")
    bot.save_imported(cafe, folder)
    (folder / "en_US.yaml").write_text("intents: {Mine: {samples: [a]}}", "utf-8")
    with pytest.raises(bot.ArchiveError, match=r"already has a bot.*--force"):
        bot.save_imported(cafe, folder)
    assert "en_US" in bot.load(folder).locales
    bot.save_imported(cafe, folder, keep=False)
    assert list(bot.load(folder).locales) == ["ko_KR"]
    assert (folder / "tests/notes.yaml").read_text("utf-8") == "mine"


def test_what_is_imported_has_its_schemas_beside_it_as_a_new_project_has(cafe, tmp_path):
    bot.save_imported(cafe, tmp_path / "mine")
    bot.begin_project(tmp_path / "new", "ko_KR")
    for file, schema in (("bot.yaml", "bot"), ("ko_KR.yaml", "locale")):
        lines = {
            (tmp_path / one / file).read_text("utf-8").split("\n")[0] for one in ("mine", "new")
        }
        assert lines == {f"# yaml-language-server: $schema=.daehwa/{schema}.schema.json"}
        assert (tmp_path / f"mine/.daehwa/{schema}.schema.json").is_file()
    assert bot.load(tmp_path / "mine") == cafe


def test_a_zip_and_the_folder_of_an_export_are_written_as_exports(cafe, tmp_path):
    bot.save(cafe, tmp_path / "export")
    for name in ("export", "new.zip"):
        bot.save_imported(cafe, tmp_path / name)
        assert not bot.is_project(tmp_path / name)
        assert bot.load(tmp_path / name) == cafe


def test_a_project_is_no_place_for_an_export_nor_the_other_way_round(cafe, tmp_path):
    bot.save_project(cafe, tmp_path / "project")
    bot.save(cafe, tmp_path / "export")
    with pytest.raises(bot.ArchiveError, match="project"):
        bot.save(cafe, tmp_path / "project")
    with pytest.raises(bot.ArchiveError, match="export"):
        bot.save_project(cafe, tmp_path / "export")


def test_an_export_of_lex_is_imported_like_any_other(write):
    imported = bot.import_bot(write())
    assert (imported.system, imported.notes) == ("Lex V2", ())
    assert imported.bot.name == "Cafe"


def test_a_project_is_given_by_its_folder_or_its_first_file(cafe, tmp_path):
    bot.save_project(cafe, tmp_path / "project")
    assert bot.load(tmp_path / "project") == bot.load(tmp_path / "project/bot.yaml")


def test_texts_of_lines_and_quotes_are_written_as_a_person_would(cafe, tmp_path):
    from daehwa.bot.project.emitting import emit

    written = emit({"a": "하나\n둘", "b": 'say "yes"', "c": "no: yes", "d": ["1", "{A} b", "c"]})
    assert written == (
        'a: |-\n  하나\n  둘\nb: say "yes"\nc: "no: yes"\nd:\n  - "1"\n  - "{A} b"\n  - c\n'
    )
