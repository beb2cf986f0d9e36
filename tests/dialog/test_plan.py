"""The plan of a locale: compiled intent by intent, once, and its own."""

from tests.dialog.build import fallback, intent, locale, slot

from daehwa import dialog


def hotel():
    return locale(
        intent("Order", slot("City")),
        intent("Pay", inputs=("ordered",)),
        intent("Search", signature="AMAZON.QnAIntent"),
        fallback(),
    )


def test_an_intent_is_compiled_once():
    plan = dialog.Plan(hotel())
    assert plan.intent("Order") is plan.intent("Order")
    assert list(plan.intent("Order").slots) == ["City"]


def test_an_intent_that_is_not_there_has_none():
    assert dialog.Plan(hotel()).intent("Nothing") is None


def test_two_plans_of_one_locale_share_nothing():
    definition = hotel()
    one, other = dialog.Plan(definition), dialog.Plan(definition)
    assert one.intent("Order") == other.intent("Order")
    assert one.intent("Order") is not other.intent("Order")


def test_it_knows_what_may_be_recognised_and_what_takes_the_rest():
    plan = dialog.Plan(hotel())
    assert plan.always_eligible == {"Order"}
    assert plan.input_contexts == {"Pay": ("ordered",)}
    assert plan.fallback == "FallbackIntent"
    assert [(search.name, search.kind) for search in plan.searches] == [("Search", "QnA")]
