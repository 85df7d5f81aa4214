"""Which pods may connect where, by the network policies of a build."""

from dataclasses import dataclass

from tests.deploy.manifests import Manifest, of_kind, pod_templates


@dataclass(frozen=True, slots=True)
class Pod:
    """A pod as policies see it: labels, names of its ports, and the namespace it is in."""

    labels: dict[str, str]
    ports: dict[str, int]
    namespace: dict[str, str] | None = None
    """Labels of another namespace; None for the one of the policies."""


def pods_of(objects: tuple[Manifest, ...]) -> dict[str, Pod]:
    """Return the pods that a build makes, by the name of what makes them."""
    return {
        name: Pod(
            template["metadata"]["labels"],
            {
                port["name"]: port["containerPort"]
                for container in template["spec"]["containers"]
                for port in container.get("ports", ())
            },
        )
        for name, template in pod_templates(objects)
    }


def may_connect(
    objects: tuple[Manifest, ...], source: Pod, target: Pod, port: int, protocol: str = "TCP"
) -> bool:
    """Say whether a connection is let out of the one pod and into the other."""
    policies = [policy["spec"] for policy in of_kind(objects, "NetworkPolicy")]
    to = (target, port, protocol)
    out = source.namespace is not None or _lets(policies, "Egress", source, target, to)
    into = target.namespace is not None or _lets(policies, "Ingress", target, source, to)
    return out and into


def _lets(
    policies: list[Manifest], way: str, here: Pod, there: Pod, to: tuple[Pod, int, str]
) -> bool:
    """Say whether the policies on one pod let it talk to another; without any it may."""
    about = [
        policy
        for policy in policies
        if way in policy["policyTypes"] and _selects(policy["podSelector"], here.labels)
    ]
    rules = [rule for policy in about for rule in policy.get(way.lower(), ())]
    peers = "to" if way == "Egress" else "from"
    return not about or any(
        any(_is_peer(peer, there) for peer in rule[peers])
        and any(_is_port(one, *to) for one in rule["ports"])
        for rule in rules
    )


def _is_peer(peer: Manifest, pod: Pod) -> bool:
    if "namespaceSelector" in peer:
        if pod.namespace is None or not _selects(peer["namespaceSelector"], pod.namespace):
            return False
    elif pod.namespace is not None:
        return False
    return _selects(peer.get("podSelector", {}), pod.labels)


def _is_port(port: Manifest, target: Pod, number: int, protocol: str) -> bool:
    named = port["port"]
    return port["protocol"] == protocol and target.ports.get(named, named) == number


def _selects(selector: Manifest, labels: dict[str, str]) -> bool:
    return selector.get("matchLabels", {}).items() <= labels.items()
