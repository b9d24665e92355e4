#!/usr/bin/env bash
# aws-solutions-constructs.aws-kinesis-streams-lambda 2.105.0 with aws-cdk-lib 2.273.0: both alarms that the construct makes
# for its stream have no dimensions. CloudWatch publishes these Kinesis metrics by stream, so no stream's data reaches them.
# Needs Python 3 with venv, and Node.js. The function's code is an inline string; nothing is deployed.
set -euo pipefail
cdk=2.273.0
constructs=2.105.0
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" -q install --disable-pip-version-check "aws-cdk-lib==$cdk" "aws-solutions-constructs.aws-kinesis-streams-lambda==$constructs" >"$place/pip.log" 2>&1 \
  || { tail -20 "$place/pip.log"; exit 2; }
cat >"$place/finding.py" <<'PY'
import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk.assertions import Template
from aws_solutions_constructs.aws_kinesis_streams_lambda import KinesisStreamsToLambda

stack = cdk.Stack(cdk.App(), "Finding")
KinesisStreamsToLambda(
    stack,
    "Orders",
    lambda_function_props=lambda_.FunctionProps(
        runtime=lambda_.Runtime.NODEJS_20_X,
        handler="index.handler",
        code=lambda_.Code.from_inline("exports.handler = async () => ({})"),
    ),
)
for alarm in sorted(
    (resource["Properties"] for resource in Template.from_stack(stack).to_json()["Resources"].values()
     if resource["Type"] == "AWS::CloudWatch::Alarm"),
    key=lambda properties: properties["MetricName"],
):
    print(alarm["Namespace"], alarm["MetricName"], "dimensions:", alarm.get("Dimensions", "none"))
PY
output=$(cd "$place" && JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION=1 JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION=1 JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1 venv/bin/python finding.py 2>"$place/errors") \
  || { tail -20 "$place/errors"; exit 2; }
printf 'aws-kinesis-streams-lambda %s, aws-cdk-lib %s\n%s\n' "$constructs" "$cdk" "$output"
[ "$output" = "AWS/Kinesis GetRecords.IteratorAgeMilliseconds dimensions: none
AWS/Kinesis ReadProvisionedThroughputExceeded dimensions: none" ]
