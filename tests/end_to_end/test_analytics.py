"""boto3 counts, on ``daehwa serve``, the conversations that it had there."""

import datetime as dt
import json
import uuid

import boto3
import botocore.config
import botocore.exceptions
import pytest
from tests.server import wiremodel

BOT = "PADOBOOKS1"
# Every text with what it leads to; the last three columns are what is counted of it.
#   says                               intent          elicits        the slot before   detected
TALKS = {
    "order": """
        order a book                 | OrderBook      | Book         |                 | yes
        The Speed of Tides           | OrderBook      | Copies       | filled          | yes
        2                            | OrderBook      | PickupMethod | filled          | yes
        tomorrow                     | OrderBook      | PickupMethod | again           | no
        pickup                       | OrderBook      | PickupDate   | filled          | yes""",
    "mood": """
        recommend me a book          | RecommendBook  | Mood         |                 | yes
        qwxz                         | RecommendBook  | Mood         | again           | no
        qwxz                         | RecommendBook  | Mood         | again           | no
        qwxz                         | FallbackIntent |              | failed          | no""",
    "hours": """
        I want to reserve a seat     | ReserveSeat    | Seat         |                 | yes
        what are your opening hours? | OpeningHours   |              | left            | yes""",
}
# The model's pattern is of a single character, and is of no length.
MISTAKEN = ("sessionId:",)


def client(service, url):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="ap-northeast-2",
        aws_access_key_id="any",
        aws_secret_access_key="any",
        config=botocore.config.Config(retries={"total_max_attempts": 1}),
    )


def check(operation_model, response_dict, **_):
    """Refuse a response that is not what the model says."""
    shape = operation_model.output_shape
    if response_dict["status_code"] >= 400:
        return
    if response_dict["status_code"] == 204:
        assert response_dict["body"] == b""
        return
    faults = wiremodel.faults(shape, json.loads(response_dict["body"]), operation_model.name)
    assert [fault for fault in faults if not any(one in fault for one in MISTAKEN)] == []


@pytest.fixture(scope="module")
def talked(plain):
    """The time in which the conversations were, and their sessions' ids."""
    begin = dt.datetime.now(dt.UTC)
    runtime = client("lexv2-runtime", plain.url)
    sessions = {}
    for name, talk in TALKS.items():
        session = sessions[name] = uuid.uuid4().hex
        for line in talk.strip().splitlines():
            text, intent, slot, *_ = (part.strip() for part in line.split("|"))
            reply = runtime.recognize_text(
                botId=BOT,
                botAliasId="TSTALIASID",
                localeId="en_US",
                sessionId=session,
                text=text,
            )
            state = reply["sessionState"]
            elicits = state["dialogAction"].get("slotToElicit", "")
            assert (state["intent"]["name"], elicits) == (intent, slot), text
    runtime.close()
    # Nobody says anything from now on: what was not answered was dropped.
    time = {"startDateTime": begin, "endDateTime": begin + dt.timedelta(hours=1)}
    return time, sessions


@pytest.fixture(scope="module")
def models(plain):
    made = client("lexv2-models", plain.url)
    made.meta.events.register("before-parse.lexv2-models.*", check)
    yield made
    made.close()


@pytest.fixture(scope="module")
def ask(models, talked):
    """Call an operation of the bot, for the time of the conversations."""

    def ask(operation, **request):
        return getattr(models, operation)(botId=BOT, **talked[0], **request)

    return ask


def metrics(*names, statistic="Sum", **more):
    return [{"name": name, "statistic": statistic, **more} for name in names]


def rows(response):
    """Each result as its keys and its values."""
    return [
        (
            *(key.get("value") for key in result.get("groupByKeys", ())),
            *(one["value"] for one in result["metricsResults"]),
        )
        for result in response["results"]
    ]


def equal(name, *values):
    return {"name": name, "operator": "EQ", "values": list(values)}


def test_sessions(ask):
    names = ("Count", "Success", "Failure", "Dropped", "TurnsPerConversation")
    assert rows(ask("list_session_metrics", metrics=metrics(*names))) == [(3, 1, 1, 1, 11)]
    ended = ask(
        "list_session_metrics",
        metrics=metrics("TurnsPerConversation", statistic="Max", order="Descending"),
        groupBy=[{"name": "ConversationEndState"}, {"name": "LocaleId"}],
    )
    assert rows(ended) == [
        ("Dropped", "en_US", 5),
        ("Failure", "en_US", 4),
        ("Success", "en_US", 2),
    ]


def test_sessions_by_the_hour(ask, talked):
    response = ask(
        "list_session_metrics",
        metrics=metrics("Count", "TurnsPerConversation", statistic="Avg"),
        binBy=[{"name": "ConversationStartTime", "interval": "OneDay", "order": "Ascending"}],
    )
    begin = talked[0]["startDateTime"].replace(hour=0, minute=0, second=0, microsecond=0)
    [result] = response["results"][:1]
    assert result["binKeys"] == [{"name": "ConversationStartTime", "value": int(begin.timestamp())}]


def test_intents(ask):
    response = ask(
        "list_intent_metrics",
        metrics=metrics("Count", "Success", "Failure", "Switched", "Dropped"),
        groupBy=[{"name": "IntentName"}],
    )
    assert sorted(rows(response)) == [
        ("FallbackIntent", 1, 1, 0, 0, 0),
        ("OpeningHours", 1, 1, 0, 0, 0),
        ("OrderBook", 1, 0, 0, 0, 1),
        ("RecommendBook", 1, 0, 1, 0, 0),
        ("ReserveSeat", 1, 0, 0, 1, 0),
    ]
    response = ask(
        "list_intent_metrics",
        metrics=metrics("Count"),
        groupBy=[{"name": "IntentLevel"}, {"name": "IntentEndState"}],
        filters=[equal("IntentName", "OpeningHours", "OrderBook")],
    )
    assert sorted(rows(response)) == [("1", "Dropped", 1), ("2", "Success", 1)]


def test_intent_stages(ask):
    names = ("Count", "Success", "Failed", "Dropped", "Retry")
    response = ask(
        "list_intent_stage_metrics",
        metrics=metrics(*names),
        groupBy=[{"name": "IntentStageName"}],
        filters=[equal("IntentStageName", "ElicitSlot")],
    )
    assert sorted(rows(response)) == [
        ("ElicitSlot:Book", 1, 1, 0, 0, 0),
        ("ElicitSlot:Copies", 1, 1, 0, 0, 0),
        ("ElicitSlot:Mood", 1, 0, 1, 0, 2),
        ("ElicitSlot:PickupDate", 1, 0, 0, 1, 0),
        ("ElicitSlot:PickupMethod", 1, 1, 0, 0, 1),
        ("ElicitSlot:Seat", 1, 0, 0, 1, 0),
    ]
    response = ask(
        "list_intent_stage_metrics",
        metrics=metrics("Count"),
        groupBy=[{"name": "SwitchedToIntent"}],
        filters=[equal("IntentName", "ReserveSeat")],
    )
    assert rows(response) == [("OpeningHours", 1)]


def test_utterances(ask):
    response = ask("list_utterance_metrics", metrics=metrics("Count", "Detected", "Missed"))
    assert rows(response) == [(11, 7, 4)]
    response = ask(
        "list_utterance_metrics",
        metrics=[*metrics("Count", order="Descending"), *metrics("Missed", statistic="Avg")],
        groupBy=[{"name": "UtteranceText"}, {"name": "UtteranceState"}],
        attributes=[{"name": "LastUsedIntent"}],
        maxResults=1,
    )
    assert rows(response) == [("qwxz", "Missed", 3, 1)]
    assert response["results"][0]["attributeResults"] == [{"lastUsedIntent": "FallbackIntent"}]
    assert response["nextToken"]


def test_paths(ask):
    nodes = ask("list_intent_paths", intentPath="/ReserveSeat")["nodeSummaries"]
    assert [
        (node["intentPath"], node["intentCount"], node["intentLevel"], node["nodeType"])
        for node in nodes
    ] == [
        ("/ReserveSeat", 1, 1, "Inner"),
        ("/ReserveSeat/OpeningHours", 1, 2, "Exit"),
    ]
    assert len(ask("list_intent_paths", intentPath="/")["nodeSummaries"]) == 3
    assert "nodeSummaries" not in ask("list_intent_paths", intentPath="/Nowhere")


def test_sessions_one_by_one(ask, talked):
    _, sessions = talked
    listed, token = [], None
    while True:
        page = ask(
            "list_session_analytics_data",
            sortBy={"name": "NumberOfTurns", "order": "Descending"},
            maxResults=2,
            **({"nextToken": token} if token else {}),
        )
        listed += page["sessions"]
        token = page.get("nextToken")
        if token is None:
            break
    assert [one["sessionId"] for one in listed] == [sessions[name] for name in TALKS]
    last = listed[-1]
    assert [one["intentName"] for one in last["invokedIntentSamples"]] == [
        "ReserveSeat",
        "OpeningHours",
    ]
    assert (last["conversationEndState"], last["mode"], last["channel"]) == (
        "Success",
        "Text",
        "lex",
    )
    [same] = ask(
        "list_session_analytics_data",
        filters=[equal("OriginatingRequestId", last["originatingRequestId"])],
    )["sessions"]
    assert same == last
    filters = [equal("IntentPath", "/ReserveSeat/OpeningHours")]
    assert ask("list_session_analytics_data", filters=filters)["sessions"] == [last]
    longer = [{"name": "Duration", "operator": "GT", "values": ["30 sec"]}]
    assert ask("list_session_analytics_data", filters=longer)["sessions"] == []


def test_utterances_one_by_one(ask, talked):
    listed = ask(
        "list_utterance_analytics_data",
        sortBy={"name": "UtteranceTimestamp", "order": "Ascending"},
        filters=[equal("SessionId", talked[1]["order"])],
    )["utterances"]
    assert [one["utterance"] for one in listed] == [
        line.split("|")[0].strip() for line in TALKS["order"].strip().splitlines()
    ]
    third = listed[3]
    assert (third["utteranceUnderstood"], third["associatedSlotName"]) == (False, "PickupMethod")
    assert (third["associatedIntentName"], third["dialogActionType"]) == ("OrderBook", "ElicitSlot")
    assert third["slotsFilledInSession"] == "Book, Copies"
    assert third["botResponses"][0]["contentType"] == "PlainText"


def test_aggregated_utterances(models, talked):
    request = {
        "botId": BOT,
        "localeId": "en_US",
        "aggregationDuration": {
            "relativeAggregationDuration": {"timeDimension": "Hours", "timeValue": 1}
        },
    }
    response = models.list_aggregated_utterances(
        **request,
        sortBy={"attribute": "MissedCount", "order": "Descending"},
        filters=[{"name": "Utterance", "operator": "CO", "values": ["qwx"]}],
    )
    [summary] = response["aggregatedUtterancesSummaries"]
    assert (summary["utterance"], summary["hitCount"]) == ("qwxz", 0)
    assert summary["missedCount"] >= 3
    request["aggregationDuration"]["relativeAggregationDuration"]["timeValue"] = 2
    with pytest.raises(models.exceptions.ValidationException, match="1, 3, 6, 12, 24"):
        models.list_aggregated_utterances(**request)
    request["aggregationDuration"]["relativeAggregationDuration"]["timeValue"] = 1
    with pytest.raises(models.exceptions.ValidationException, match="not both"):
        models.list_aggregated_utterances(**request, botAliasId="TSTALIASID", botVersion="1")


def test_utterances_are_deleted_and_their_session_goes_on(models, plain, ask):
    runtime = client("lexv2-runtime", plain.url)

    def texts():
        listed = ask("list_utterance_analytics_data", filters=[equal("SessionId", "leaving")])
        return [one["utterance"] for one in listed["utterances"]]

    def say(text):
        address = {"botId": BOT, "botAliasId": "TSTALIASID", "localeId": "en_US"}
        return runtime.recognize_text(**address, sessionId="leaving", text=text)

    others = len(ask("list_utterance_analytics_data")["utterances"])
    say("I want to order a book")
    assert texts() == ["I want to order a book"]
    models.delete_utterances(botId=BOT, localeId="ko_KR", sessionId="leaving")
    assert texts() == ["I want to order a book"]
    response = models.delete_utterances(botId=BOT, localeId="en_US", sessionId="leaving")
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert texts() == []
    assert len(ask("list_utterance_analytics_data")["utterances"]) == others
    assert say("Dune")["sessionState"]["intent"]["name"] == "OrderBook"
    models.delete_utterances(botId=BOT, sessionId="leaving")
    runtime.close()
    with pytest.raises(models.exceptions.ValidationException):
        models.delete_utterances(botId="NOSUCHBOT1")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"metrics": metrics("Cost")}, "enum value set"),
        ({"metrics": metrics("Count", statistic="Median")}, r"\[Sum, Avg, Max\]"),
        (
            {
                "metrics": metrics("Count", order="Ascending"),
                "binBy": [
                    {
                        "name": "ConversationStartTime",
                        "interval": "OneHour",
                        "order": "Ascending",
                    }
                ],
            },
            "one order",
        ),
        ({"filters": [{"name": "LocaleId", "operator": "GT", "values": ["a"]}]}, "operator EQ"),
        ({"filters": [{"name": "Duration", "operator": "GT", "values": ["long"]}]}, "seconds"),
        ({"nextToken": "bm9uZQ=="}, "nextToken"),
    ],
)
def test_what_cannot_be_asked_is_refused(ask, models, wrong, words):
    request = {"metrics": metrics("Count")} | wrong
    with pytest.raises(models.exceptions.ValidationException, match=words):
        ask("list_session_metrics", **request)


def test_a_bot_that_is_not_there_is_refused(models, talked):
    with pytest.raises(models.exceptions.PreconditionFailedException):
        models.list_session_metrics(botId="NOSUCHBOT0", metrics=metrics("Count"), **talked[0])
    time = {"startDateTime": talked[0]["endDateTime"], "endDateTime": talked[0]["startDateTime"]}
    with pytest.raises(models.exceptions.ValidationException, match="not before"):
        models.list_session_metrics(botId=BOT, metrics=metrics("Count"), **time)
