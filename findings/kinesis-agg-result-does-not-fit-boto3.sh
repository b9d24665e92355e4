#!/usr/bin/env bash
# aws-kinesis-agg 1.2.3 (PyPI): the module imports six and does not declare it, so an installation of the package alone
# cannot be imported. And the documented way of sending an aggregated record, with the triple of get_contents(), is refused
# by boto3 when no explicit hash key was given: the package answers None, which boto3 does not take for ExplicitHashKey.
# Needs Python 3 with venv. Nothing is sent: boto3 refuses the parameters before it connects.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
pip() { "$place/venv/bin/python" -m pip -q --disable-pip-version-check install "$@"; }
pip aws-kinesis-agg==1.2.3
printf 'aws-kinesis-agg 1.2.3\nimported alone: '
alone=$("$place/venv/bin/python" -c 'import aws_kinesis_agg.aggregator' 2>&1 | tail -1 || true)
printf '%s\n' "$alone"
pip six==1.17.0 boto3==1.43.62
output=$(AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test "$place/venv/bin/python" - <<'PY'
import boto3
from aws_kinesis_agg.aggregator import RecordAggregator

aggregator = RecordAggregator()
aggregator.add_user_record("order-1", b"first")
aggregator.add_user_record("order-2", b"second")
partition_key, explicit_hash_key, data = aggregator.clear_and_get().get_contents()
print("contents:", partition_key, explicit_hash_key, len(data), "bytes")
client = boto3.client("kinesis", endpoint_url="http://127.0.0.1:9")
try:
    client.put_record(StreamName="orders", PartitionKey=partition_key, ExplicitHashKey=explicit_hash_key, Data=data)
except Exception as refused:
    print("put_record:", type(refused).__name__, "|", str(refused).splitlines()[1])
PY
)
printf '%s\n' "$output"
[ "$alone" = "ModuleNotFoundError: No module named 'six'" ]
grep -q '^contents: order-1 None ' <<<"$output"
grep -q '^put_record: ParamValidationError | Invalid type for parameter ExplicitHashKey, value: None' <<<"$output"
