"""Adding a sample or a synonym to a bot: what was meant changes, and nothing else."""

import difflib
import json
import shutil
import stat
import zipfile

import pytest

from daehwa import bot

from .conftest import LOCALE, as_bytes

ORDER = f"{LOCALE}/Intents/Order/Intent.json"
DRINK = f"{LOCALE}/SlotTypes/Drink/SlotType.json"


def sample(text, intent="Order", locale="ko_KR"):
    return bot.NewSample(locale=locale, intent=intent, utterance=text)


def synonym(word, value, slot_type="Drink", locale="ko_KR"):
    return bot.NewSynonym(locale=locale, slot_type=slot_type, value=value, synonym=word)


def contents(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def entries(path):
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def amend(path, *amendments):
    before = bot.load(path)
    changed = bot.amend(path, before, amendments)
    assert bot.load(path) == bot.amended(before, amendments)
    return changed


def test_only_the_file_that_holds_it_is_written(write):
    folder = write()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    before = contents(folder)
    amend(folder, sample("커피 한 잔이요"))
    after = contents(folder)
    assert {name for name in before | after if before.get(name) != after.get(name)} == {ORDER}
    assert after[ORDER] == before[ORDER].replace(
        '{"utterance": "{Drink} 주세요"}'.encode(),
        '{"utterance": "{Drink} 주세요"}, {"utterance": "커피 한 잔이요"}'.encode(),
    )


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda raw: json.dumps(raw, ensure_ascii=False, indent=2) + "\n", id="two"),
        pytest.param(lambda raw: json.dumps(raw, ensure_ascii=False, indent="\t"), id="tabs"),
        pytest.param(
            lambda raw: json.dumps(raw, ensure_ascii=False, separators=(",", ":")), id="one line"
        ),
        pytest.param(lambda raw: json.dumps(raw, indent=4), id="escaped"),
        pytest.param(
            lambda raw: json.dumps(raw, ensure_ascii=False, indent=2).replace("\n", "\r\n"),
            id="Windows",
        ),
        pytest.param(
            lambda raw: "\ufeff" + json.dumps(raw, ensure_ascii=False), id="byte order mark"
        ),
    ],
)
def test_a_file_keeps_the_way_it_is_written(files, write, written):
    for name in (ORDER, DRINK):
        files[name] = written(files[name]).encode()
    folder = write()
    amend(folder, sample("커피 한 잔이요"), synonym("카페라테", "커피"), synonym("녹차", "차"))
    for name in (ORDER, DRINK):
        after = (folder / name).read_bytes().decode()
        assert after == written(json.loads(after.removeprefix("\ufeff")))


def test_a_sample_more_is_a_few_lines_more_whatever_the_file_looks_like(files, write):
    odd = '{ "name":"Order",\n"sampleUtterances" : [{"utterance":"주문할게요"}\n,'
    files[ORDER] = (odd + '{ "utterance": "{Drink} 주세요" } ],\n\n"slotPriorities": [] }').encode()
    folder = write()
    before = (folder / ORDER).read_bytes()
    amend(folder, sample("커피 한 잔이요"))
    after = (folder / ORDER).read_text(encoding="utf-8")
    assert after.startswith(odd)
    assert after.endswith('],\n\n"slotPriorities": [] }')
    assert len(after) < len(before.decode()) + 40


@pytest.mark.parametrize("samples", [None, [], "missing"])
def test_the_first_sample_of_an_intent(files, write, samples):
    raw = {"name": "Order", "sampleUtterances": samples, "slotPriorities": None}
    if samples == "missing":
        del raw["sampleUtterances"]
    files[ORDER] = json.dumps(raw, indent=2).encode()
    folder = write()
    amend(folder, sample("커피 한 잔이요"))
    after = (folder / ORDER).read_text(encoding="utf-8")
    assert '"sampleUtterances": [\n    {\n      "utterance": "커피 한 잔이요"\n    }\n  ]' in after


def test_the_spelling_of_the_api_and_unknown_members_stay(files, write):
    files[ORDER] = {
        "intentName": "Order",
        "mine": {"a": [1, 2.50]},
        "sampleUtterances": [{"utterance": "주문할게요", "extra": 1}],
    }
    folder = write()
    amend(folder, sample("커피 한 잔이요"))
    raw = json.loads((folder / ORDER).read_bytes())
    assert raw["mine"] == {"a": [1, 2.5]}
    assert raw["intentName"] == "Order"
    assert raw["sampleUtterances"][0] == {"utterance": "주문할게요", "extra": 1}


def test_a_zip_keeps_every_other_entry(pack, tmp_path):
    path = pack(add=[("Cafe/README.txt", b"mine"), ("empty/", b"")])
    path.chmod(0o640)
    before = zipfile.ZipFile(path)
    others = {e.filename: before.read(e) for e in before.infolist() if e.filename != ORDER}
    before.close()
    amend(path, sample("커피 한 잔이요"))
    with zipfile.ZipFile(path) as after:
        assert {
            e.filename: after.read(e) for e in after.infolist() if e.filename != ORDER
        } == others
        assert "커피 한 잔이요" in after.read(ORDER).decode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_zip_with_korean_names_from_windows(tmp_path, files):
    path = tmp_path / "카페.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            renamed = name.replace("Order", "주문").encode("cp949").decode("cp437")
            entry = zipfile.ZipInfo(renamed)
            archive.writestr(entry, as_bytes(content).replace(b'"Order"', '"주문"'.encode()))
    amend(path, sample("커피 한 잔이요", intent="주문"))


def test_links_and_a_file_of_the_export_lead_to_it(write, tmp_path):
    folder = write()
    link = tmp_path / "link"
    link.symlink_to(folder)
    amend(link, sample("커피 한 잔이요"))
    assert link.is_symlink()
    assert bot.amend(folder / "Cafe" / "Bot.json", bot.load(folder), [sample("커피 두 잔")])


@pytest.mark.parametrize(
    ("amendment", "cure"),
    [
        (sample("안녕", intent="Ordr"), "Order"),
        (sample("안녕", intent="FallbackIntent"), "takes no samples"),
        (sample("안녕", locale="en_US"), "ko_KR"),
        (sample(" ?! "), "no word"),
        (sample("주문할게요!"), "already"),
        (synonym("라테", "커피", slot_type="Size"), "Drink"),
        (synonym("라테", "주스"), "커피, 차"),
        (synonym("아메리카노", "차"), '"커피"'),
    ],
)
def test_what_has_no_place_is_refused_with_what_there_is(write, amendment, cure):
    folder = write()
    before = contents(folder)
    with pytest.raises(bot.AmendmentError, match=cure):
        bot.amend(folder, bot.load(folder), [amendment])
    assert contents(folder) == before


def test_a_word_may_be_a_value_of_its_own(write):
    folder = write()
    amend(folder, synonym("주스", "주스"))
    values = bot.load(folder).locales["ko_KR"].slot_types["Drink"].slot_type_values
    assert [each.sample_value.value for each in values] == ["커피", "차", "주스"]


def test_what_another_has_changed_meanwhile_is_not_overwritten(write):
    folder = write()
    before = bot.load(folder)
    amend(folder, sample("커피 한 잔이요"))
    files = contents(folder)
    with pytest.raises(bot.AmendmentError, match="somebody else"):
        bot.amend(folder, before, [sample("커피 두 잔이요")])
    assert contents(folder) == files


def test_both_examples_learn_in_each_language(tmp_path):
    for name, source in bot.bundled().items():
        folder = tmp_path / name
        shutil.copytree(source, folder)
        before, definition = contents(folder), bot.load(folder)
        for locale in definition.locales.values():
            intent = next(i for i in locale.intents.values() if i.sample_utterances)
            amend(folder, sample("zq zq", intent=intent.name, locale=locale.identifier))
        after = contents(folder)
        for file in (file for file in before if before[file] != after[file]):
            old, new = (content.decode().splitlines() for content in (before[file], after[file]))
            more = [line.strip() for line in difflib.ndiff(old, new) if line[0] in "+-"]
            assert [line for line in more if "zq zq" in line] == ["+       - zq zq"]
            assert len(more) <= 4
        assert sum(before[file] != after[file] for file in before) == len(definition.locales)
