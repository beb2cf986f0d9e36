"""The manifests against Kubernetes's published schemas, and against each other."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "deploy" / "kubernetes"
SCHEMAS = json.loads((Path(__file__).parents[1] / "material/schemas/kubernetes.json").read_text())


def load(name):
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


KUSTOMIZATION = load("kustomization.yaml")
MANIFESTS = {name: load(name) for name in KUSTOMIZATION["resources"]}


def validator(manifest):
    kind = SCHEMAS["kinds"][f"{manifest['apiVersion']}/{manifest['kind']}"]
    schema = {"$ref": f"#/$defs/{kind}", "$defs": SCHEMAS["$defs"]}
    return jsonschema.Draft7Validator(schema)


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_is_as_the_published_schema_has_it(name):
    validator(MANIFESTS[name]).validate(MANIFESTS[name])


def test_a_slip_would_be_noticed():
    slip = load("disruption-budget.yaml")
    slip["spec"]["maxUnavailble"] = 1
    with pytest.raises(jsonschema.ValidationError):
        validator(slip).validate(slip)


def test_every_file_is_a_resource():
    files = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert files == set(KUSTOMIZATION["resources"])
    for generated in KUSTOMIZATION["configMapGenerator"]:
        assert all((FOLDER / name).exists() for name in generated["files"])


@pytest.fixture
def pod():
    return MANIFESTS["deployment.yaml"]["spec"]["template"]["spec"]


@pytest.fixture
def container(pod):
    (container,) = pod["containers"]
    return container


def test_the_pod_is_restricted(pod, container):
    """Kubernetes's pod security standard "restricted", rule by rule."""
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
    kinds = {kind for volume in pod["volumes"] for kind in volume if kind != "name"}
    assert kinds <= {"configMap", "secret", "emptyDir"}
    assert pod["automountServiceAccountToken"] is False


def test_the_pod_has_time_to_end(pod, container):
    drain = next(e for e in container["env"] if e["name"] == "DAEHWA_DRAIN_SECONDS")
    pause = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pod["terminationGracePeriodSeconds"] >= pause + int(drain["value"]) + 10


def test_probes_ask_what_each_is_for(container):
    paths = {
        name: container[name]["httpGet"]["path"]
        for name in ("startupProbe", "readinessProbe", "livenessProbe")
    }
    # Neither a store that is down nor a bot that is long to learn may end the process.
    assert paths == {
        "startupProbe": "/healthz",
        "readinessProbe": "/readyz",
        "livenessProbe": "/healthz",
    }


def test_secrets_come_as_files_of_the_secret(pod, container):
    (mount,) = [m for m in container["volumeMounts"] if m["name"] == "secrets"]
    for variable in container["env"]:
        if variable["name"].endswith("_FILE"):
            assert variable["value"].startswith(mount["mountPath"] + "/")
        assert "KEY" not in variable["name"] or variable["name"].endswith("_FILE")


def test_what_names_another_names_what_is_there():
    deployment = MANIFESTS["deployment.yaml"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert MANIFESTS["service.yaml"]["spec"]["selector"] == labels
    assert MANIFESTS["disruption-budget.yaml"]["spec"]["selector"]["matchLabels"] == labels
    assert MANIFESTS["network-policy.yaml"]["spec"]["podSelector"]["matchLabels"] == labels
    target = MANIFESTS["autoscaler.yaml"]["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", deployment["metadata"]["name"])
    # The autoscaler's minimum leaves room for the disruption that the budget allows.
    spare = MANIFESTS["disruption-budget.yaml"]["spec"]["maxUnavailable"]
    assert MANIFESTS["autoscaler.yaml"]["spec"]["minReplicas"] > spare
    assert "replicas" not in deployment["spec"], "an apply would undo the autoscaler's work"
