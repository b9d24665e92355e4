"""Least privilege: each role's statements exactly, so that a new permission is a decision, not an accident."""

import re

import pytest

from conftest import Stack

KEY = "arn:aws:kms:eu-central-1:111122223333:key/11112222-3333-4444-5555-666677778888"
# Actions without resource-level permissions; see the service authorization reference.
WITHOUT_RESOURCE = {"kinesis:ListStreams", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}

RIGHTS = {
    "ApiRole": {"Stream": {"kinesis:PutRecord"}},
    "AuthorizerRole": {
        "Credentials": {"secretsmanager:GetSecretValue"},
        "AuthorizerLogGroup": {"logs:CreateLogStream", "logs:PutLogEvents"},
        "*": {"xray:PutTraceSegments", "xray:PutTelemetryRecords"},
    },
    "WriterRole": {
        "Stream": {
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
        },
        "Table": {"dynamodb:PutItem", "dynamodb:PartiQLInsert", "dynamodb:GetItem", "dynamodb:DeleteItem"},
        "DeadLetterQueue": {"sqs:SendMessage"},
        "WriterLogGroup": {"logs:CreateLogStream", "logs:PutLogEvents"},
        "*": {"kinesis:ListStreams", "xray:PutTraceSegments", "xray:PutTelemetryRecords"},
    },
}
KEY_RIGHTS = {
    "ApiRole": {"kms:GenerateDataKey"},
    "AuthorizerRole": {"kms:Decrypt"},
    "WriterRole": {"kms:Decrypt", "kms:GenerateDataKey"},
}


def listed(value):
    return value if isinstance(value, list) else [value]


def target(resource):
    if isinstance(resource, str):
        return resource
    (kind, name), = resource.items()
    if kind == "Fn::Sub" and name.startswith("arn:"):
        return name
    if kind == "Fn::Sub":
        return re.match(r"\$\{(\w+)", name)[1]
    return name[0] if isinstance(name, list) else name


def rights(stack, role):
    granted = {}
    for policy in stack.properties(role)["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            assert statement["Effect"] == "Allow"
            for resource in listed(statement["Resource"]):
                granted.setdefault(target(resource), set()).update(listed(statement["Action"]))
    return granted


def test_stack_has_these_roles_only(stack):
    assert set(stack.of_type("AWS::IAM::Role")) == set(RIGHTS)


@pytest.mark.parametrize("role", RIGHTS)
def test_role_has_exactly_its_permissions(stack, role):
    assert rights(stack, role) == RIGHTS[role]
    assert "ManagedPolicyArns" not in stack.properties(role)


@pytest.mark.parametrize("role", RIGHTS)
def test_role_may_use_the_customer_s_key_for_its_own_work_only(role):
    stack = Stack({"KmsKeyArn": KEY})
    assert rights(stack, role) == RIGHTS[role] | {"KmsKeyArn": KEY_RIGHTS[role]}


def test_wildcard_resources_are_only_for_actions_without_resources(stack):
    for role in stack.of_type("AWS::IAM::Role"):
        assert rights(stack, role).get("*", set()) <= WITHOUT_RESOURCE, role


def test_no_action_has_a_wildcard(stack):
    for role in stack.of_type("AWS::IAM::Role"):
        for actions in rights(stack, role).values():
            assert not [action for action in actions if "*" in action], role


def test_trust_is_for_one_service_in_this_account(stack):
    everything = Stack({"ManageApiGatewayAccount": "true", "Canary": "Canary10Percent5Minutes"})
    assert len(everything.of_type("AWS::IAM::Role")) == len(stack.of_type("AWS::IAM::Role")) + 2
    for name, role in everything.of_type("AWS::IAM::Role").items():
        for statement in role["Properties"]["AssumeRolePolicyDocument"]["Statement"]:
            assert statement["Action"] == "sts:AssumeRole", name
            assert isinstance(statement["Principal"]["Service"], str), name
            assert statement["Condition"]["StringEqualsIfExists"]["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}, name


def test_authorizer_may_be_called_by_this_api_only(stack):
    (permission,) = stack.of_type("AWS::Lambda::Permission").values()
    assert permission["Properties"]["FunctionName"] == {"Ref": "AuthorizerAliaslive"}
    assert permission["Properties"]["Principal"] == "apigateway.amazonaws.com"
    assert permission["Properties"]["Action"] == "lambda:InvokeFunction"
    assert "${Api}/authorizers/" in str(permission["Properties"]["SourceArn"])


def test_queue_denies_requests_without_tls(stack):
    (statement,) = stack.properties("DeadLetterQueuePolicy")["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_account_s_log_role_is_created_on_request_only(stack):
    asked = Stack({"ManageApiGatewayAccount": "true"})
    assert set(asked.resources) - set(stack.resources) == {"ApiGatewayLogRole", "ApiGatewayAccount"}


def test_codedeploy_may_shift_this_stack_s_functions_and_read_alarms():
    granted = rights(Stack({"Canary": "Linear10PercentEvery1Minute"}), "DeploymentRole")
    here = "${AWS::Region}:${AWS::AccountId}"
    # The functions' generated names are unknown; CloudWatch shows alarms only to principals that may see all of them.
    functions = {"lambda:GetAlias", "lambda:UpdateAlias", "lambda:GetProvisionedConcurrencyConfig"}
    assert granted == {
        f"arn:${{AWS::Partition}}:lambda:{here}:function:${{AWS::StackName}}-Authorizer-*": functions,
        f"arn:${{AWS::Partition}}:lambda:{here}:function:${{AWS::StackName}}-Writer-*": functions,
        f"arn:${{AWS::Partition}}:cloudwatch:{here}:alarm:*": {"cloudwatch:DescribeAlarms"},
    }


def test_a_topic_is_notified_by_the_alarms_and_by_no_role(stack):
    for role in stack.of_type("AWS::IAM::Role"):
        assert not [action for actions in rights(stack, role).values() for action in actions if action.startswith("sns:")]
