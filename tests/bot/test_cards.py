"""The hosts of a bot's card pictures."""

import pytest
from tests.dialog.build import intent, locale

from daehwa import bot


def with_card(address):
    card = bot.ImageResponseCard(title="Card", image_url=address)
    message = bot.MessageGroup(message=bot.Message(image_response_card=card))
    said = bot.ResponseSpecification(message_groups_list=(message,))
    return locale(intent("A", initial=bot.InitialResponseSetting(initial_response=said)))


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("https://img.example.org/a.png", {"img.example.org"}),
        ("https://IMG.example.org:8443/a.png?b", {"img.example.org:8443"}),
        ("https://img.example.org", {"img.example.org"}),
        ("https://img.example.org/{Size}/[color].png", {"img.example.org"}),
        ("https://{Host}/a.png", set()),
        ("https://[host].example.org/a.png", set()),
        ("https://a@b.example.org/a.png", set()),
        ("http://img.example.org/a.png", set()),
        ("icon.svg", set()),
        (None, set()),
    ],
)
def test_are_those_that_the_author_wrote_in_full(address, hosts):
    assert bot.card_hosts(with_card(address)) == hosts
