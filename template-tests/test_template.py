"""The template as a document: everything described, everything used, every combination a valid stack."""

import itertools
import re

import pytest

from conftest import TEMPLATE, Stack, expanded_with, references, text

KEY = "arn:aws:kms:eu-central-1:111122223333:key/11112222-3333-4444-5555-666677778888"
TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms"


def test_every_parameter_is_described_bounded_and_has_a_default(written):
    for name, parameter in written["Parameters"].items():
        assert parameter.get("Description", "").endswith("."), name
        assert "Default" in parameter, name
        if parameter["Type"] == "Number" and "AllowedValues" not in parameter:
            assert {"MinValue", "MaxValue"} <= set(parameter), name
        else:
            assert "AllowedValues" in parameter or "AllowedPattern" in parameter, name


def test_every_default_is_allowed(written):
    for name, parameter in written["Parameters"].items():
        default = parameter["Default"]
        assert default in parameter.get("AllowedValues", [default]), name
        assert parameter.get("MinValue", default) <= default <= parameter.get("MaxValue", default), name
        assert re.fullmatch(parameter.get("AllowedPattern", ".*"), str(default)), name


def test_every_parameter_has_a_group_in_the_console(written):
    groups = written["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    placed = [name for group in groups for name in group["Parameters"]]
    assert sorted(placed) == sorted(written["Parameters"])


def test_every_parameter_is_used(written):
    used = set(references([written["Conditions"], written["Globals"], written["Resources"], written["Outputs"]]))
    assert set(written["Parameters"]) <= used


def test_every_condition_is_used(written):
    body = text(written["Resources"]) + text(written["Outputs"])
    for name in written["Conditions"]:
        assert f'"Fn::If": ["{name}"' in body or f'"Condition": "{name}"' in body, name


def test_every_output_is_described(written):
    for name, output in written["Outputs"].items():
        assert output.get("Description", "").endswith("."), name


def test_outputs_are_those_that_tools_rely_on(written):
    assert set(written["Outputs"]) >= {
        "SubmitUrl",
        "ApiId",
        "StageName",
        "StreamName",
        "TableName",
        "DeadLetterQueueUrl",
        "DeadLetterQueueArn",
        "SecretArn",
        "WriterFunctionName",
        "AuthorizerFunctionName",
        "DashboardUrl",
        "CliLine",
        "Region",
    }


def test_document_has_no_anchors_and_no_aliases():
    # Not every reader of templates resolves them.
    for number, line in enumerate(TEMPLATE.read_text().splitlines(), 1):
        assert not re.search(r"(?::|-)\s+[&*][A-Za-z]\w*\s*$", line), f"line {number}: {line}"


def test_no_resource_has_a_fixed_name(stack):
    # A fixed name would keep a second stack out of the account.
    for name, resource in stack.resources.items():
        for key in ("TableName", "QueueName", "FunctionName", "RoleName", "AlarmName", "LogGroupName"):
            value = resource["Properties"].get(key)
            assert value is None or isinstance(value, dict), f"{name}.{key}"
        if resource["Type"] == "AWS::Kinesis::Stream":
            assert "${AWS::StackName}" in text(resource["Properties"]["Name"])


def test_resources_with_data_declare_their_deletion_policy(stack):
    kept = ("AWS::Kinesis::Stream", "AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SecretsManager::Secret")
    for name, resource in stack.resources.items():
        if resource["Type"] in kept:
            assert resource.get("DeletionPolicy") and resource.get("UpdateReplacePolicy") == "Retain", name


def test_table_is_protected_when_asked(stack):
    assert stack.properties("Table")["DeletionProtectionEnabled"] is False
    assert Stack({"ProtectTable": "true"}).properties("Table")["DeletionProtectionEnabled"] is True


def test_sam_is_the_only_transform(written):
    # AWS::LanguageExtensions, which could make DeletionPolicy a parameter, runs before SAM and rejects references to
    # resources that SAM generates, such as Authorizer.Alias.
    assert written["Transform"] == "AWS::Serverless-2016-10-31"


def test_resources_that_stay_behind_have_names_that_cannot_conflict(stack):
    for name, key in (("Table", "TableName"), ("DeadLetterQueue", "QueueName"), ("Credentials", "Name")):
        assert key not in stack.properties(name), name


def test_functions_log_to_groups_with_a_retention(stack):
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        group = function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]
        assert stack.properties(group)["RetentionInDays"] == {"Ref": "LogRetentionDays"}, name
        assert function["Properties"]["LoggingConfig"]["LogFormat"] == "JSON", name
        assert function["Properties"]["TracingConfig"] == {"Mode": "Active"}, name


@pytest.mark.parametrize(
    "name, path",
    [
        ("Stream", ("StreamEncryption", "KeyId")),
        ("Table", ("SSESpecification", "KMSMasterKeyId")),
        ("DeadLetterQueue", ("KmsMasterKeyId",)),
        ("Credentials", ("KmsKeyId",)),
        ("WriterLogGroup", ("KmsKeyId",)),
        ("AuthorizerLogGroup", ("KmsKeyId",)),
        ("AccessLogGroup", ("KmsKeyId",)),
        ("Writer", ("KmsKeyArn",)),
        ("Authorizer", ("KmsKeyArn",)),
    ],
)
def test_the_customer_s_key_reaches(name, path):
    value = Stack({"KmsKeyArn": KEY, "AccessLogs": "true"}).properties(name)
    for step in path:
        value = value[step]
    assert value in ({"Ref": "KmsKeyArn"}, KEY)


MATRIX = [
    {
        "KmsKeyArn": key,
        "StreamMode": mode,
        "JavaRuntime": runtime,
        "TimeIndex": index,
        "AccessLogs": logs,
        "ManageApiGatewayAccount": logs,
        "AlarmTopicArn": topic,
        "SnapStart": snapshot,
        "Canary": canary,
        "ProtectTable": protect,
    }
    for (key, topic), mode, runtime, index, logs, (snapshot, canary, protect) in itertools.product(
        (("", ""), (KEY, TOPIC)),
        ("PROVISIONED", "ON_DEMAND"),
        ("java17", "java21", "java25"),
        ("true", "false"),
        ("true", "false"),
        (
            ("true", "false", "false"),
            ("true", "false", "true"),
            ("true", "Canary10Percent5Minutes", "true"),
            ("false", "Canary10Percent5Minutes", "false"),
        ),
    )
]


@pytest.mark.parametrize("parameters", MATRIX, ids=lambda one: "-".join(str(value)[-9:] for value in one.values()))
def test_every_combination_is_a_complete_stack(parameters):
    stack = Stack(parameters)
    known = set(stack.resources) | set(stack.parameters)
    for name, resource in stack.resources.items():
        missing = {one for one in references(resource) if one not in known and not one.startswith("AWS::")}
        assert not missing, f"{name} refers to what does not exist: {missing}"


def test_expansion_is_the_same_every_time():
    assert text(expanded_with({})) == text(expanded_with({}))
