#!/usr/bin/env bash
# awscli 1.46.2: with AWS_ENDPOINT_URL set, the commands of Kinesis go to that endpoint and those of SQS go to AWS, to the old
# host of SQS. Scripts written for version 2 and run by version 1 against a local endpoint reach for the real queue service.
# Needs Python 3 with venv. Nothing is sent to AWS: the host is read from the debug log of a call through a closed proxy.
set -euo pipefail
version=1.46.2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip -q --disable-pip-version-check install "awscli==$version"
host() { # COMMAND...: the address of the request that the command prepares
  local log
  log=$(env -u AWS_PROFILE -u AWS_ENDPOINT_URL_SQS -u AWS_ENDPOINT_URL_KINESIS AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null \
    AWS_ENDPOINT_URL=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 AWS_MAX_ATTEMPTS=1 \
    AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 \
    "$place/venv/bin/aws" --debug "$@" 2>&1 || true)
  grep -o "AWSPreparedRequest stream_output=[A-Za-z]*, method=POST, url=[^,]*" <<<"$log" | sed -n '1s/.*url=//p'
}
kinesis=$(host kinesis list-streams)
sqs=$(host sqs list-queues)
printf 'awscli %s, AWS_ENDPOINT_URL=http://127.0.0.1:9\nkinesis list-streams: %s\nsqs list-queues:      %s\n' "$version" "$kinesis" "$sqs"
[ "$kinesis" = http://127.0.0.1:9/ ]
[ "$sqs" = https://queue.amazonaws.com/ ]
