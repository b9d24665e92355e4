"""Deploys template.yaml to LocalStack's CloudFormation: creates the stack, or updates it after a change.

The script runs when the container starts, and again by hand after jars or template have changed:
docker compose exec localstack python3 /kit/localstack-init/deploy.py
"""

import hashlib
import os
import pathlib
import re
import sys
import time

# LocalStack's own environment has boto3; the python3 on the container's path may lack it.
LOCALSTACK_PYTHON = "/opt/code/localstack/.venv/bin/python"
try:
    import boto3
except ModuleNotFoundError:
    if sys.executable == LOCALSTACK_PYTHON:
        raise
    os.execv(LOCALSTACK_PYTHON, [LOCALSTACK_PYTHON, *sys.argv])
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

KIT = pathlib.Path("/kit")
STACK = os.environ.get("INGEST_STACK") or "ingest-kit"
BUCKET = "ingest-kit-artifacts"
REGION = os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
CODE_URI = re.compile(r"^(?P<indent>\s*CodeUri:\s*)(?P<path>[\w./-]+\.(?:jar|zip))\s*$", re.MULTILINE)
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
SECONDS = 240


def client(service):
    return boto3.client(
        service,
        endpoint_url="http://localhost:4566",
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"max_attempts": 2}, s3={"addressing_style": "path"}),
    )


def packaged(template):
    """Uploads each local archive under its content's hash, as `sam package` does; returns the template with the URLs."""
    s3 = client("s3")
    s3.create_bucket(Bucket=BUCKET)

    def upload(match):
        archive = KIT / match["path"]
        if not archive.is_file():
            sys.exit(f"{match['path']} does not exist: build it first (mvn package)")
        content = archive.read_bytes()
        key = f"{hashlib.sha256(content).hexdigest()}/{archive.name}"
        s3.put_object(Bucket=BUCKET, Key=key, Body=content)
        return f"{match['indent']}s3://{BUCKET}/{key}"

    return CODE_URI.sub(upload, template)


def parameters():
    """Reads INGEST_PARAMETERS: Name=Value pairs, separated by blanks."""
    pairs = [pair.partition("=") for pair in os.environ.get("INGEST_PARAMETERS", "").split()]
    return [{"ParameterKey": name, "ParameterValue": value} for name, _, value in pairs]


def status(cloudformation):
    try:
        return cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]
    except ClientError:
        return None


def deploy(cloudformation, body):
    existing = status(cloudformation)
    arguments = dict(StackName=STACK, TemplateBody=body, Capabilities=CAPABILITIES, Parameters=parameters())
    if existing is None:
        cloudformation.create_stack(**arguments)
        wait(cloudformation, "stack_create_complete")
        return "created"
    try:
        cloudformation.update_stack(**arguments)
    except ClientError as refused:
        if "No updates are to be performed" in str(refused):
            return "unchanged"
        raise
    wait(cloudformation, "stack_update_complete")
    return "updated"


def wait(cloudformation, state):
    try:
        cloudformation.get_waiter(state).wait(
            StackName=STACK, WaiterConfig={"Delay": 0.2, "MaxAttempts": 5 * SECONDS}
        )
    except WaiterError:
        for event in cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]:
            if event["ResourceStatus"].endswith("FAILED"):
                print(event["LogicalResourceId"], event["ResourceStatus"], event.get("ResourceStatusReason", ""))
        sys.exit(f"stack {STACK} ended in {status(cloudformation)}")


def main():
    began = time.monotonic()
    cloudformation = client("cloudformation")
    what = deploy(cloudformation, packaged((KIT / "template.yaml").read_text()))
    outputs = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0].get("Outputs", [])
    print(f"stack {STACK} {what} in {time.monotonic() - began:.1f} s")
    for output in sorted(outputs, key=lambda one: one["OutputKey"]):
        print(f"  {output['OutputKey']}: {output['OutputValue']}")


main()
