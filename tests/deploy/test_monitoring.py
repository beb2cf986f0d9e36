"""The board, the alerts and the autoscaler's rule speak of what a real server measures."""

import json
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "monitoring"
RULES = yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))
BOARD = json.loads((FOLDER / "board.json").read_text("utf-8"))
ADAPTER = yaml.safe_load((FOLDER / "adapter.yaml").read_text("utf-8"))
AUTOSCALER = yaml.safe_load((ROOT / "deploy/kubernetes/autoscaler.yaml").read_text("utf-8"))
METRIC = re.compile(r"\b(daehwa_\w+)(?:\{([^}]*)\})?")
LABEL = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)")
# What Prometheus adds.
ADDED = {"instance", "job", "le", "namespace", "pod"}


def rules():
    return [rule for group in RULES["groups"] for rule in group["rules"]]


def panels():
    return BOARD["panels"]


EXPRESSIONS = [
    *(rule["expr"] for rule in rules()),
    *(target["expr"] for panel in panels() for target in panel["targets"]),
    *(rule["seriesQuery"] for rule in ADAPTER["rules"]),
]


@pytest.fixture(scope="module")
def measured(plain):
    """The families of a real server's metrics: their series' names, and their labels' names."""
    body = {"text": "안녕하세요", "sessionId": "board", "localeId": "ko_KR"}
    request = urllib.request.Request(
        plain.url + "/chat", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60):
        pass
    with urllib.request.urlopen(plain.url + "/metrics", timeout=60) as reply:
        text = reply.read().decode()
    names, labels = set(), {}
    for family in text_string_to_metric_families(text):
        kinds = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",)}
        series = {family.name + end for end in kinds.get(family.type, ("",))}
        names |= series
        for sample in family.samples:
            labels.setdefault(sample.name, set()).update(sample.labels)
    return names, labels


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_metric_that_is_named_exists_with_its_labels(expression, measured):
    names, labels = measured
    for name, selectors in METRIC.findall(expression):
        assert name in names, f"{name} is not in /metrics"
        used = set(LABEL.findall(selectors))
        if name in labels:
            assert used <= labels[name] | ADDED, f"{name} has {sorted(labels[name])}"


def test_every_kind_of_metric_is_on_the_board(measured):
    names, _ = measured
    shown = {name for text in EXPRESSIONS for name, _ in METRIC.findall(text)}
    ends = re.compile("_(bucket|count|sum|total|created)$")
    missing = {ends.sub("", name) for name in names if name.startswith("daehwa_")}
    missing -= {ends.sub("", name) for name in shown}
    assert missing == set()


def test_the_board_has_the_shape_that_grafana_imports():
    assert BOARD["schemaVersion"] >= 36
    assert {"title", "uid", "panels", "templating", "time"} <= BOARD.keys()
    assert [one["name"] for one in BOARD["templating"]["list"]] == ["datasource"]
    ids = [panel["id"] for panel in panels()]
    assert len(set(ids)) == len(ids)
    taken = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert max(x for x, _ in cells) < 24, panel["title"]
        assert not cells & taken, f"{panel['title']} lies over another"
        taken |= cells
        assert panel["type"] in ("stat", "timeseries")
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        assert all(target["expr"] for target in panel["targets"])


def test_an_alert_says_how_bad_it_is_and_where_to_look():
    for rule in rules():
        if "alert" in rule:
            assert rule["labels"]["severity"] in ("critical", "warning", "info")
            assert rule["annotations"].keys() == {"summary", "description"}


def test_the_autoscaler_scales_by_what_the_adapter_offers():
    (pods,) = [m["pods"] for m in AUTOSCALER["spec"]["metrics"] if m["type"] == "Pods"]
    assert pods["metric"]["name"] in [rule["name"]["as"] for rule in ADAPTER["rules"]]


@pytest.mark.parametrize("command", [("rules", "rules.yaml"), ("config", "prometheus.yml")])
def test_prometheus_takes_the_files(command, promtool):
    run = subprocess.run(
        [promtool, "check", *command], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_alerts_fire_when_they_should(promtool, tmp_path):
    """Series as a server would have them, and what Prometheus's own rule engine makes of them."""
    shutil.copy(FOLDER / "rules.yaml", tmp_path)

    def case(series, *, minute, fires):
        return {
            "interval": "1m",
            "input_series": [{"series": k, "values": v} for k, v in series.items()],
            "alert_rule_test": [
                {
                    "eval_time": f"{minute}m",
                    "alertname": name,
                    "exp_alerts": [{"exp_labels": labels, "exp_annotations": notes}]
                    if labels
                    else [],
                }
                for name, (labels, notes) in fires.items()
            ],
        }

    notes = {rule.get("alert"): rule.get("annotations") for rule in rules()}
    down = {"severity": "critical", "job": "daehwa", "instance": "a"}
    saved = 'daehwa_store_seconds_count{system="redis",operation="save",outcome="%s"}'
    tests = [
        case(
            {'up{job="daehwa",instance="a"}': "1 1 0x10"},
            minute=8,
            fires={
                "DaehwaDown": (
                    down,
                    notes["DaehwaDown"] | {"summary": "a does not answer"},
                )
            },
        ),
        case(
            {saved % "ok": "0+60x20", saved % "StoreUnavailable": "0+1x20"},
            minute=15,
            fires={"DaehwaStoreFailing": ({"severity": "critical"}, notes["DaehwaStoreFailing"])},
        ),
        # Two processes that meet in a session are no failure.
        case(
            {saved % "ok": "0+60x20", saved % "StaleSession": "0+1x20"},
            minute=15,
            fires={"DaehwaStoreFailing": (None, None)},
        ),
        case(
            {'daehwa_hook_calls{bot="B",state="hanging"}': "3x20"},
            minute=12,
            fires={
                "DaehwaHooksHang": (
                    {"severity": "warning", "bot": "B"},
                    notes["DaehwaHooksHang"] | {"summary": "Calls of B's code hook do not return"},
                )
            },
        ),
    ]
    suite = {"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": tests}
    (tmp_path / "cases.yaml").write_text(yaml.safe_dump(suite))
    run = subprocess.run(
        [promtool, "test", "rules", "cases.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
