#!/bin/sh
# Print the alerts of ../monitoring as a PrometheusRule, for the Prometheus operator:
#
#   deploy/k8s/alert-rules.sh | kubectl apply --filename -
#
# NAMESPACE   where the service is (revitron-grpc)
#
# Without machines.yml: there is no HAProxy, and nodes and Prometheus are watched by the rules that
# came with the operator.
set -eu
cd "$(dirname "$0")/../monitoring/rules"
cat <<END
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: revitron-grpc
  namespace: ${NAMESPACE:-revitron-grpc}
  labels:
    app.kubernetes.io/name: revitron-grpc
    # As in components/monitoring/service_monitor.yaml.
    release: kube-prometheus-stack
spec:
  groups:
END
# Each file is a list of groups that begins two spaces in.
for name in recording kpi replicas stores; do
    sed '1,/^groups:$/d; s/^./  &/' "$name.yml"
done
