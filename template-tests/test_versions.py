"""Callers use a published version: SnapStart needs one, and a canary shifts between two."""

import re

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from conftest import LOCAL_ARCHIVE, TEMPLATE, NoManagedPolicies, Stack, references, text


def alias(stack, function):
    return stack.properties(f"{function}Aliaslive")


def version(stack, function):
    return alias(stack, function)["FunctionVersion"]["Fn::GetAtt"][0]


def test_api_calls_the_authorizer_by_its_alias(stack):
    (api,) = stack.of_type("AWS::ApiGateway::RestApi").values()
    scheme = api["Properties"]["Body"]["components"]["securitySchemes"]["Basic"]
    assert "AuthorizerAliaslive" in set(references(scheme["x-amazon-apigateway-authorizer"]["authorizerUri"]))
    assert "Authorizer" not in set(references(scheme))


def test_mapping_calls_the_writer_by_its_alias(stack):
    (mapping,) = stack.of_type("AWS::Lambda::EventSourceMapping").values()
    assert mapping["Properties"]["FunctionName"] == {"Ref": "WriterAliaslive"}


def test_authorizer_starts_from_a_snapshot_by_default(stack):
    assert stack.properties("Authorizer")["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert Stack({"SnapStart": "false"}).properties("Authorizer")["SnapStart"] == {"ApplyOn": "None"}
    # No client waits for a cold start of the writer, which delays a batch, not a request.
    assert "SnapStart" not in stack.properties("Writer")


def uses(stack, value):
    """Returns the parameters that a value depends on, directly or by a condition."""
    found = set(references(value))
    conditions = re.findall(r'"Fn::If": \["(\w+)"', text(value))
    found |= {one for name in conditions for one in references(stack.template["Conditions"][name])}
    return found & set(stack.parameters)


@pytest.mark.parametrize("function", ["Authorizer", "Writer"])
def test_each_parameter_of_a_function_is_in_its_version_s_description(stack, function):
    # SAM sees no parameter's value, so a changed value alone makes no new version, and the alias would stay on the
    # old setting. CloudFormation replaces a version whose description changes.
    settings = stack.template["Resources"][function]["Properties"]
    description = stack.properties(version(stack, function))["Description"]
    assert uses(stack, settings) <= uses(stack, description)


def test_a_version_s_description_fits_lambda_s_256_characters(stack):
    key = "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-1234567890abcdef1234567890abcdef"

    def longest(parameter):
        declared = stack.template["Parameters"][parameter]
        return max(map(str, declared.get("AllowedValues", [declared.get("MaxValue", key)])), key=len)

    for function in ("Authorizer", "Writer"):
        description = stack.properties(version(stack, function))["Description"]["Fn::Sub"]
        for name in references({"Fn::Sub": description}):
            description = description.replace(f"${{{name}}}", longest(name))
        assert len(description) <= 256, description


def test_changed_code_makes_a_new_version():
    changed = TEMPLATE.read_text().replace("handlers/target/writer.jar", "s3://artifacts/another.jar")
    other = transform(yaml_parse(LOCAL_ARCHIVE.sub(r"CodeUri: s3://artifacts/\1", changed)), {}, NoManagedPolicies())
    before, after = (
        {name for name, one in template["Resources"].items() if one["Type"] == "AWS::Lambda::Version"}
        for template in (Stack({}).template, other)
    )
    assert len(after - before) == 1
    assert next(iter(after - before)).startswith("WriterVersion")


def test_no_canary_by_default(stack):
    assert not [one for one in stack.resources.values() if one["Type"].startswith("AWS::CodeDeploy")]
    assert "DeploymentRole" not in stack.resources
    assert "UpdatePolicy" not in stack.resources["AuthorizerAliaslive"]


@pytest.mark.parametrize("kind", ["Canary10Percent5Minutes", "Linear10PercentEvery3Minutes"])
def test_canary_shifts_each_alias_and_alarms_shift_it_back(kind):
    stack = Stack({"Canary": kind})
    groups = stack.of_type("AWS::CodeDeploy::DeploymentGroup")
    alarms = stack.of_type("AWS::CloudWatch::Alarm").values()
    names = {one["Properties"]["AlarmName"]["Fn::Sub"] for one in alarms if "AlarmName" in one["Properties"]}
    assert len(groups) == 2
    for name, group in groups.items():
        properties = group["Properties"]
        assert properties["ServiceRoleArn"] == {"Fn::GetAtt": ["DeploymentRole", "Arn"]}, name
        assert kind in text(properties["DeploymentConfigName"]), name
        assert properties["AutoRollbackConfiguration"]["Enabled"] is True, name
        assert "DEPLOYMENT_STOP_ON_ALARM" in properties["AutoRollbackConfiguration"]["Events"], name
        named = [alarm["Name"]["Fn::Sub"] for alarm in properties["AlarmConfiguration"]["Alarms"]]
        assert named and set(named) <= names, name
    for function in ("Authorizer", "Writer"):
        assert "CodeDeployLambdaAliasUpdate" in stack.resources[f"{function}Aliaslive"]["UpdatePolicy"]
    assert "CodeDeployServiceRole" not in stack.resources, "SAM's own role may do more than it needs"


def test_resources_as_written_have_no_cyclic_references(written):
    # SAM would break cycles, but not every reader of the template waits for SAM: LocalStack loops forever.
    resources = written["Resources"]
    edges = {name: set(references(one)) & set(resources) for name, one in resources.items()}

    def reached(start):
        seen, waiting = set(), [start]
        while waiting:
            for name in edges[waiting.pop()] - seen:
                seen.add(name)
                waiting.append(name)
        return seen

    assert not [name for name in resources if name in reached(name)]
