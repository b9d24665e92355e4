#!/usr/bin/env bash
# moto 5.1.22 (PyPI): of two functions that are mapped to one Kinesis stream only the one mapped last gets its records, though
# both mappings are listed as Enabled. And a mapping that was disabled goes on invoking its function. A test with a second
# consumer, or with a consumer that is paused, passes or fails for the wrong reason.
# Needs Python 3 with venv. No container is started: the call that would start a function's is recorded instead.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip -q --disable-pip-version-check install 'moto[awslambda,kinesis]==5.1.22' boto3==1.44.8
output=$(env -u AWS_PROFILE AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_DEFAULT_REGION=us-east-1 \
  AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test "$place/venv/bin/python" - <<'PY'
import io
import json
import zipfile

import boto3
from moto import mock_aws
from moto.awslambda.models import LambdaFunction

invoked = []
LambdaFunction.invoke = lambda function, body, *headers: invoked.append(function.function_name)


def code():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("index.py", "def handler(event, context):\n    return None\n")
    return archive.getvalue()


def put(kinesis):
    invoked.clear()
    kinesis.put_record(StreamName="orders", PartitionKey="order-1", Data=b"{}")
    return list(invoked)


with mock_aws():
    role = boto3.client("iam").create_role(RoleName="any", AssumeRolePolicyDocument=json.dumps({}))["Role"]["Arn"]
    kinesis = boto3.client("kinesis")
    kinesis.create_stream(StreamName="orders", ShardCount=1)
    stream = kinesis.describe_stream_summary(StreamName="orders")["StreamDescriptionSummary"]["StreamARN"]
    functions = boto3.client("lambda")
    mappings = []
    for name in ("store", "audit"):
        functions.create_function(
            FunctionName=name, Runtime="python3.12", Role=role, Handler="index.handler", Code={"ZipFile": code()})
        mappings.append(functions.create_event_source_mapping(
            FunctionName=name, EventSourceArn=stream, StartingPosition="LATEST")["UUID"])
    print("mappings:", [mapping["State"] for mapping in functions.list_event_source_mappings()["EventSourceMappings"]])
    print("a record invokes:", put(kinesis))
    functions.update_event_source_mapping(UUID=mappings[1], Enabled=False)
    print("state of the mapping of audit:", functions.get_event_source_mapping(UUID=mappings[1])["State"])
    print("a record invokes:", put(kinesis))
PY
)
printf 'moto 5.1.22\n%s\n' "$output"
diff - <(printf '%s\n' "$output") <<'EXPECTED'
mappings: ['Enabled', 'Enabled']
a record invokes: ['audit']
state of the mapping of audit: Disabled
a record invokes: ['audit']
EXPECTED
