"""What the manifests of a build must have in common with the settings and with each other."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from revitron_grpc.settings import Settings
from revitron_grpc.v1 import button_service_pb2, catalog_service_pb2
from tests.deploy.connections import Pod, may_connect, pods_of
from tests.deploy.manifests import Manifest, of_kind, only, pod_templates
from tests.deploy.memory_limits import too_little
from tests.deploy.names import names

# Beyond notice and drain, for the end of the process (docs/service.md).
_END_SECONDS = 10
# Connections to PostgreSQL of the migration, a backup and an administrator.
_OTHER_CONNECTIONS = 10
# The service says something at least so often.
_SILENCE_SECONDS = 15
_UNITS = {"Mi": 1, "Gi": 1024}


def settings_of(objects: tuple[Manifest, ...]) -> Settings:
    """Return the settings in the ConfigMap of a build."""
    text = only(objects, "ConfigMap", "revitron-grpc")["data"]["settings.yaml"]
    return Settings.model_validate(yaml.safe_load(text))


def disagreements(objects: tuple[Manifest, ...]) -> Iterator[str]:
    """Say what does not fit together in a build, whichever it is."""
    settings = settings_of(objects)
    deployment = only(objects, "Deployment", "revitron-grpc")
    pod = deployment["spec"]["template"]["spec"]
    container = pod["containers"][0]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}

    needed = settings.shutdown.notice_seconds + settings.shutdown.drain_seconds + _END_SECONDS
    if pod["terminationGracePeriodSeconds"] < needed:
        yield f"terminationGracePeriodSeconds is below notice + drain + {_END_SECONDS} = {needed}"
    if ports != {"grpc": settings.server.port, "http": settings.http.port}:
        yield f"the pod's ports {ports} are not those of the settings"
    if {settings.server.host, settings.http.host} != {"0.0.0.0"}:
        yield "the settings listen at an address that is not the pod's"
    ready = container["readinessProbe"]["grpc"]
    if ready != {"port": settings.server.port, "service": "revitron_grpc.v1.ButtonService"}:
        yield f"readiness asks {ready}"
    if container["startupProbe"]["grpc"]["port"] != settings.server.port:
        yield "the startup probe asks another port than the settings say"
    if container["livenessProbe"].get("tcpSocket") != {"port": "grpc"}:
        yield "liveness must ask for the open port alone: a replica that drains is NOT_SERVING"
    if settings.executor.max_workers == 0:
        yield "executor.max_workers 0 takes the cores of the node, not of the pod"
    limit = _mib(container["resources"]["limits"]["memory"])
    yield from too_little(settings, limit)
    if deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] != 0:
        yield "a rollout takes a replica away before another is ready"
    # The autoscaler has the number of those that have none.
    dev = deployment["metadata"]["namespace"].endswith("-dev")
    if deployment["spec"].get("replicas", 3) != (1 if dev else 3):
        yield f"{deployment['spec']['replicas']} replicas"
    spread = {
        one["topologyKey"]
        for one in pod.get("topologySpreadConstraints", ())
        if one["labelSelector"] == deployment["spec"]["selector"]
    }
    if spread != {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}:
        yield "replicas are not spread over nodes and zones"
    for name, template in pod_templates(objects):
        wanted = {"runAsUser": names()["uid"], "runAsGroup": names()["gid"]}
        if template["metadata"]["labels"]["app.kubernetes.io/name"] == "revitron-grpc" and (
            not wanted.items() <= template["spec"]["securityContext"].items()
        ):
            yield f"{name} does not run as the image's user"
        if template["spec"].get("enableServiceLinks") is not False:
            yield f"{name}: service links would set variables that are no settings"
    yield from _services(objects)
    yield from _namespace(objects)
    yield from _closed_to_strangers(objects)


def _services(objects: tuple[Manifest, ...]) -> Iterator[str]:
    pods = pods_of(objects)
    for service in of_kind(objects, "Service"):
        name, spec = service["metadata"]["name"], service["spec"]
        if spec["clusterIP"] != "None":
            yield f"Service {name} is not headless"
        chosen = [pod for pod in pods.values() if spec["selector"].items() <= pod.labels.items()]
        if len(chosen) != 1:
            yield f"Service {name} chooses {len(chosen)} kinds of pods"
        for port in spec["ports"]:
            if any(pod.ports.get(port["targetPort"]) != port["port"] for pod in chosen):
                yield f"Service {name}: port {port['port']} is not {port['targetPort']} of its pods"


def _namespace(objects: tuple[Manifest, ...]) -> Iterator[str]:
    (namespace,) = of_kind(objects, "Namespace")
    labels = namespace["metadata"]["labels"]
    if labels.get("pod-security.kubernetes.io/enforce") != "restricted":
        yield "the namespace does not enforce restricted pods"
    for one in objects:
        where = one["metadata"].get("namespace", namespace["metadata"]["name"])
        if where != namespace["metadata"]["name"]:
            yield f"{one['kind']} {one['metadata']['name']} is in the namespace {where}"


def _closed_to_strangers(objects: tuple[Manifest, ...]) -> Iterator[str]:
    """Nobody reaches a pod, and none reaches anybody, but for names."""
    ports = names()["ports"]
    stranger = _outsider("other")
    names_server = Pod({"k8s-app": "kube-dns"}, {}, {"kubernetes.io/metadata.name": "kube-system"})
    for name, pod in pods_of(objects).items():
        for port in pod.ports.values():
            if may_connect(objects, stranger, pod, port):
                yield f"network policies let a stranger reach {name} at {port}"
        if may_connect(objects, pod, stranger, ports["https"]):
            yield f"network policies let {name} reach a stranger"
        for protocol in ("UDP", "TCP"):
            if not may_connect(objects, pod, names_server, ports["dns"], protocol):
                yield f"network policies do not let {name} ask for names by {protocol}"


def disagreements_in_production(
    objects: tuple[Manifest, ...], secrets: dict[str, dict[str, str]]
) -> Iterator[str]:
    """Say what does not fit together where there are stores, an edge, monitors and an autoscaler.

    `secrets` is what make_secrets.py makes.
    """
    settings = settings_of(objects)
    yield from _secrets(objects, settings, secrets)
    yield from _edge(objects)
    yield from _numbers(objects, settings)
    yield from _connections(objects)


def _secrets(
    objects: tuple[Manifest, ...], settings: Settings, secrets: dict[str, dict[str, str]]
) -> Iterator[str]:
    for name, template in pod_templates(objects):
        for volume in template["spec"].get("volumes", ()):
            if "secret" in volume and volume["secret"]["secretName"] not in secrets:
                yield f"{name}: nobody makes the Secret {volume['secret']['secretName']}"
    folder = names()["paths"]["secrets"]
    for path in (settings.runs.url_file, settings.cache.redis_url_file, settings.keys.secret_file):
        if path is None or str(path.parent) != folder:
            yield f"{path} is not in {folder}"
        elif path.name not in secrets["revitron-grpc"]:
            yield f"no Secret has {path.name}"
    image = {
        template["spec"]["containers"][0]["image"]
        for _, template in pod_templates(objects)
        if template["metadata"]["labels"]["app.kubernetes.io/name"] == "revitron-grpc"
    }
    if len(image) != 1:
        yield f"service and migration are of different releases: {', '.join(sorted(image))}"


def _edge(objects: tuple[Manifest, ...]) -> Iterator[str]:
    """Outside are the two services and health, under the one name, over TLS."""
    wanted = {"grpc.health.v1.Health"} | {
        service.full_name
        for module in (button_service_pb2, catalog_service_pb2)
        for service in module.DESCRIPTOR.services_by_name.values()
    }
    ingresses, routes = of_kind(objects, "Ingress"), of_kind(objects, "GRPCRoute")
    if len(ingresses) + len(routes) != 1:
        yield "there is not one way in"
    of_service = _service(objects)["spec"]["ports"]
    ports = {port["name"]: port["port"] for port in of_service}
    protocols = {port["name"]: port.get("appProtocol") for port in of_service}
    if protocols["grpc"] != "kubernetes.io/h2c":
        yield "a gateway would speak HTTP/1.1 with the replicas"
    for ingress in ingresses:
        (rule,) = ingress["spec"]["rules"]
        paths = rule["http"]["paths"]
        if {path["path"].removeprefix("/") for path in paths} != wanted:
            yield f"the Ingress passes on other services than {', '.join(sorted(wanted))}"
        if any(path["backend"]["service"]["port"]["name"] != "grpc" for path in paths):
            yield "the Ingress goes to another port than grpc"
        if {rule["host"], *ingress["spec"]["tls"][0]["hosts"]} != {names()["domain"]}:
            yield "the Ingress has another name than deploy/names.yaml"
        told = {
            key.rpartition("/")[2]: value
            for key, value in ingress["metadata"]["annotations"].items()
        }
        if told.get("backend-protocol") != "GRPC":
            yield "the Ingress speaks no gRPC with the replicas"
        for limit in ("proxy-read-timeout", "proxy-send-timeout", "client-body-timeout"):
            if int(told.get(limit, 60)) < 3 * _SILENCE_SECONDS:
                yield f"the Ingress cuts streams that are silent for {told.get(limit)} s"
    for route in routes:
        (rule,) = route["spec"]["rules"]
        if {match["method"]["service"] for match in rule["matches"]} != wanted:
            yield f"the GRPCRoute passes on other services than {', '.join(sorted(wanted))}"
        if rule["backendRefs"][0]["port"] != ports["grpc"]:
            yield "the GRPCRoute goes to another port than grpc"
        (listener,) = only(objects, "Gateway", "revitron-grpc")["spec"]["listeners"]
        if {listener["hostname"], *route["spec"]["hostnames"]} != {names()["domain"]}:
            yield "the GRPCRoute has another name than deploy/names.yaml"
    for monitor in of_kind(objects, "ServiceMonitor"):
        chosen = monitor["spec"]["selector"]["matchLabels"].items()
        if not chosen <= _service(objects)["metadata"]["labels"].items():
            yield "the ServiceMonitor does not choose the Service"
        if any(endpoint["port"] not in ports for endpoint in monitor["spec"]["endpoints"]):
            yield "the ServiceMonitor asks a port that the Service has not"
        if {endpoint["path"] for endpoint in monitor["spec"]["endpoints"]} != {"/metrics"}:
            yield "the ServiceMonitor asks for something else than /metrics"


def _service(objects: tuple[Manifest, ...]) -> Manifest:
    return only(objects, "Service", "revitron-grpc")


def _numbers(objects: tuple[Manifest, ...], settings: Settings) -> Iterator[str]:
    scaler = only(objects, "HorizontalPodAutoscaler", "revitron-grpc")["spec"]
    deployment = only(objects, "Deployment", "revitron-grpc")["spec"]
    most = scaler["maxReplicas"] + deployment["strategy"]["rollingUpdate"]["maxSurge"]
    if "replicas" in deployment:
        yield "the Deployment takes the autoscaler's decision back at each apply"
    if settings.quotas.replicas != scaler["minReplicas"]:
        yield "quotas.replicas is not the least number of replicas"
    if [metric["type"] for metric in scaler["metrics"]] != ["Pods", "Resource"]:
        yield "the autoscaler has not streams first and then CPU"
    streams = scaler["metrics"][0]["pods"]
    if int(streams["target"]["averageValue"]) * 2 > settings.server.max_concurrent_runs:
        yield "replicas refuse before the autoscaler adds some"

    postgresql = only(objects, "ConfigMap", "postgresql-tuning")["data"]
    allowed = int(_conf(postgresql, r"max_connections *= *(\d+)"))
    held = most * (settings.runs.pool_size + 1) + _OTHER_CONNECTIONS
    if held > allowed:
        yield f"{held} connections may be wanted of PostgreSQL, which allows {allowed}"
    redis = only(objects, "ConfigMap", "redis-tuning")["data"]
    held = most * settings.cache.redis_connections + _OTHER_CONNECTIONS
    if held > int(_conf(redis, r"maxclients +(\d+)")):
        yield f"{held} connections may be wanted of Redis, which allows fewer"
    memory = _container(objects, "StatefulSet", "redis")["resources"]["limits"]["memory"]
    if int(_conf(redis, r"maxmemory +(\d+)mb")) * 1.4 > _mib(memory):
        yield "Redis may fill its memory before its maxmemory ends it"

    hard = only(objects, "ResourceQuota", "revitron-grpc")["spec"]["hard"]
    wanted = {"requests.cpu": 0.0, "requests.memory": 0.0, "limits.memory": 0.0}
    for name, template in pod_templates(objects):
        pods = most if name.startswith("Deployment") else 1
        for container in template["spec"]["containers"]:
            found = container["resources"]
            wanted["requests.cpu"] += pods * _cores(found["requests"]["cpu"])
            wanted["requests.memory"] += pods * _mib(found["requests"]["memory"])
            wanted["limits.memory"] += pods * _mib(found["limits"]["memory"])
    for resource, amount in wanted.items():
        given = (_cores if resource.endswith("cpu") else _mib)(hard[resource])
        if amount > given:
            yield f"{resource}: {amount} may be wanted, the quota is {given}"


def _connections(objects: tuple[Manifest, ...]) -> Iterator[str]:
    ours = pods_of(objects)
    server, migration = ours["Deployment revitron-grpc"], ours["Job revitron-grpc-database"]
    postgresql, redis = ours["StatefulSet postgresql"], ours["StatefulSet redis"]
    known = names()["ports"]
    edge = (
        _outsider("ingress-nginx", name="ingress-nginx", component="controller")
        if of_kind(objects, "Ingress")
        else _outsider("envoy-gateway-system", name="envoy")
    )
    prometheus, stranger = _outsider("monitoring", name="prometheus"), _outsider("other")
    for what, source, target, port, wanted in (
        ("replica to PostgreSQL", server, postgresql, known["postgresql"], True),
        ("migration to PostgreSQL", migration, postgresql, known["postgresql"], True),
        ("replica to Redis", server, redis, known["redis"], True),
        ("edge to replica", edge, server, known["grpc"], True),
        ("Prometheus to replica", prometheus, server, known["http"], True),
        ("edge to side port", edge, server, known["http"], False),
        ("Prometheus to gRPC port", prometheus, server, known["grpc"], False),
        ("migration to Redis", migration, redis, known["redis"], False),
        ("Redis to PostgreSQL", redis, postgresql, known["postgresql"], False),
        ("stranger to replica", stranger, server, known["grpc"], False),
        ("stranger to PostgreSQL", stranger, postgresql, known["postgresql"], False),
        ("replica to stranger", server, stranger, known["grpc"], False),
    ):
        if may_connect(objects, source, target, port) != wanted:
            yield f"network policies {'refuse' if wanted else 'allow'} {what}"


def _outsider(namespace: str, **labels: str) -> Pod:
    return Pod(
        {f"app.kubernetes.io/{key}": value for key, value in labels.items()},
        {},
        {"kubernetes.io/metadata.name": namespace},
    )


def _container(objects: tuple[Manifest, ...], kind: str, name: str) -> dict[str, Any]:
    return only(objects, kind, name)["spec"]["template"]["spec"]["containers"][0]


def _conf(data: dict[str, str], pattern: str) -> str:
    found = re.findall(rf"^{pattern}\b", "\n".join(data.values()), re.MULTILINE)
    (number,) = found
    return number


def _cores(quantity: str | int) -> float:
    text = str(quantity)
    return float(text.removesuffix("m")) / 1000 if text.endswith("m") else float(text)


def _mib(quantity: str) -> float:
    return float(quantity[:-2]) * _UNITS[quantity[-2:]]
