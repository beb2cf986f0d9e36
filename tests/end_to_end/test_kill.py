"""``kill -9`` in the middle of traffic loses no turn that was answered."""

import json
import threading
import urllib.request
import uuid

from .conftest import serving


def chat(url, session, text, message_id):
    body = {"text": text, "sessionId": session, "messageId": message_id, "botId": "HELLOWORLD"}
    request = urllib.request.Request(
        url + "/chat", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.loads(reply.read())


def test_every_answered_turn_is_there_after_kill_9(tmp_path):
    answered = []
    stop = threading.Event()

    def talk(url):
        while not stop.is_set():
            session = uuid.uuid4().hex
            for text in ("안녕", "홍길동", "네"):
                message_id = uuid.uuid4().hex
                try:
                    reply = chat(url, session, text, message_id)
                except OSError:
                    return
                answered.append((session, message_id, reply["msg"]))

    with serving(tmp_path, "--answer", "none") as served:
        talkers = [threading.Thread(target=talk, args=(served.url,)) for _ in range(4)]
        for talker in talkers:
            talker.start()
        stop.wait(2)
        served.kill()
        stop.set()
        for talker in talkers:
            talker.join()
    assert len(answered) > 20
    with serving(tmp_path, "--answer", "none") as served:
        for session, message_id, msg in answered:
            path = f"/chat/sessions/{session}?botId=HELLOWORLD&localeId=ko_KR"
            with urllib.request.urlopen(served.url + path) as reply:
                turns = json.loads(reply.read())["turns"]
            assert msg == next(t["reply"]["msg"] for t in turns if t["messageId"] == message_id)
