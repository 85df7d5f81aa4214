#!/bin/sh
# Put what the log lines of revitron_grpc need into Elasticsearch and Kibana: the lifecycle, the
# template and the dashboards. Again after each upgrade; what is there already is replaced.
#
#   ELASTICSEARCH_URL  default http://127.0.0.1:9200; empty to leave Elasticsearch out
#   KIBANA_URL         default http://127.0.0.1:5601; empty to leave Kibana out
#   CURL_CONFIG        a file with options of curl, for who you are and whom you trust, such as
#                        header = "Authorization: ApiKey ..."
#                        cacert = "/etc/ssl/elasticsearch-ca.pem"
set -eu
cd "$(dirname "$0")"
elasticsearch=${ELASTICSEARCH_URL-http://127.0.0.1:9200}
kibana=${KIBANA_URL-http://127.0.0.1:5601}

send() {
    answer=$(curl --silent --show-error --fail-with-body --max-time 60 --config "${CURL_CONFIG:-/dev/null}" "$@") || {
        echo "$answer" >&2
        exit 1
    }
}

if [ -n "$elasticsearch" ]; then
    # The policy first: the template names it.
    send -X PUT -H 'Content-Type: application/json' --data-binary @ilm-policy.json \
        "$elasticsearch/_ilm/policy/revitron-grpc-logs"
    send -X PUT -H 'Content-Type: application/json' --data-binary @index-template.json \
        "$elasticsearch/_index_template/logs-revitron_grpc"
    echo "Elasticsearch: the policy revitron-grpc-logs, the template logs-revitron_grpc"
fi
if [ -n "$kibana" ]; then
    send -X POST -H 'kbn-xsrf: revitron-grpc' --form file=@dashboards.ndjson \
        "$kibana/api/saved_objects/_import?overwrite=true"
    # It answers 200 for objects that it did not take, too.
    case $answer in
    *'"success":true'*) echo "Kibana: the dashboards" ;;
    *) echo "$answer" >&2 && exit 1 ;;
    esac
fi
