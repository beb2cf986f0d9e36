"""Cuts Kubernetes's published schema down to the kinds that deploy/kubernetes uses.

python tests/material/schemas/cut_kubernetes.py DEFINITIONS VERSION

DEFINITIONS is ``_definitions.json`` of the package kubernetes-validate, of the folder
``vVERSION-local-strict``. What is written has no descriptions, and nothing that is not reached.
"""

import json
import sys
from pathlib import Path

KINDS = {
    "apps/v1/Deployment": "io.k8s.api.apps.v1.Deployment",
    "autoscaling/v2/HorizontalPodAutoscaler": ("io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler"),
    "networking.k8s.io/v1/NetworkPolicy": "io.k8s.api.networking.v1.NetworkPolicy",
    "policy/v1/PodDisruptionBudget": "io.k8s.api.policy.v1.PodDisruptionBudget",
    "v1/Service": "io.k8s.api.core.v1.Service",
    "v1/ServiceAccount": "io.k8s.api.core.v1.ServiceAccount",
}
MARK = "#/$defs/"


def plain(value):
    """A schema without its descriptions."""
    if isinstance(value, dict):
        return {
            key: plain(inner)
            for key, inner in value.items()
            if not (key == "description" and isinstance(inner, str))
            and not key.startswith("x-kubernetes")
        }
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def references(value):
    """The names of the definitions that a schema refers to."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].partition(MARK)[2]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def main():
    source, version = sys.argv[1:]
    every = json.loads(Path(source).read_text(encoding="utf-8"))["$defs"]
    wanted, cut = list(KINDS.values()), {}
    while wanted:
        name = wanted.pop()
        if name not in cut:
            cut[name] = plain(every[name])
            wanted += references(cut[name])
    text = json.dumps({"version": version, "kinds": KINDS, "$defs": cut}, separators=(",", ":"))
    path = Path(__file__).with_name("kubernetes.json")
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
