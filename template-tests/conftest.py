"""Fixtures: the shipped template as written, as the SAM translator expands it, and as a stack with given parameters."""

import copy
import json
import os
import pathlib
import re

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

# The translator derives ARNs for a region; any region will do.
os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"

ROOT = pathlib.Path(__file__).parent.parent
TEMPLATE = ROOT / "template.yaml"
LOCAL_ARCHIVE = re.compile(r"CodeUri: handlers/target/(\w+\.jar)")


class NoManagedPolicies:
    """Loads no managed policies: the template names none."""

    def load(self):
        return {}


def parsed():
    return yaml_parse(TEMPLATE.read_text())


def expanded_with(parameters):
    """Expands the template as SAM does for CloudFormation; the translator resolves references to parameters, as on AWS."""
    packaged = LOCAL_ARCHIVE.sub(r"CodeUri: s3://artifacts/\1", TEMPLATE.read_text())
    return transform(yaml_parse(packaged), dict(parameters), NoManagedPolicies())


class Stack:
    """The expanded template with evaluated conditions: existing resources, and properties without AWS::NoValue."""

    def __init__(self, parameters):
        self.template = expanded_with(parameters)
        declared = self.template["Parameters"]
        self.parameters = {name: value.get("Default") for name, value in declared.items()} | dict(parameters)
        self.conditions = {name: self.decide(value) for name, value in self.template["Conditions"].items()}
        self.resources = {
            name: self.resolve(copy.deepcopy(resource))
            for name, resource in self.template["Resources"].items()
            if self.conditions.get(resource.get("Condition"), True)
        }

    def decide(self, condition):
        (kind, arguments), = condition.items()
        if kind == "Fn::Equals":
            left, right = (self.parameters[value["Ref"]] if isinstance(value, dict) else value for value in arguments)
            return str(left) == str(right)
        if kind == "Fn::Not":
            return not self.decide(arguments[0])
        if kind == "Fn::And":
            return all(self.decide(one) for one in arguments)
        if kind == "Fn::Or":
            return any(self.decide(one) for one in arguments)
        if kind == "Condition":
            return self.decide(self.template["Conditions"][arguments])
        raise AssertionError(f"unknown condition function {kind}")

    def resolve(self, value):
        if isinstance(value, list):
            return [one for one in map(self.resolve, value) if one != {"Ref": "AWS::NoValue"}]
        if not isinstance(value, dict):
            return value
        if set(value) == {"Fn::If"}:
            name, yes, no = value["Fn::If"]
            return self.resolve(yes if self.conditions[name] else no)
        resolved = {key: self.resolve(one) for key, one in value.items()}
        return {key: one for key, one in resolved.items() if one != {"Ref": "AWS::NoValue"}}

    def of_type(self, kind):
        return {name: one for name, one in self.resources.items() if one["Type"] == kind}

    def properties(self, name):
        return self.resources[name]["Properties"]


def references(value):
    """Yields every logical name that a value refers to by Ref, Fn::GetAtt, Fn::Sub or DependsOn."""
    if isinstance(value, list):
        for one in value:
            yield from references(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == "Ref":
                yield one
            elif key == "Fn::GetAtt":
                yield one[0] if isinstance(one, list) else one.split(".")[0]
            elif key == "Fn::Sub":
                text, variables = (one[0], one[1]) if isinstance(one, list) else (one, {})
                yield from (name for name in re.findall(r"\$\{([\w:]+)[\w.:]*\}", text) if name not in variables)
                yield from references(variables)
            elif key == "DependsOn":
                yield from [one] if isinstance(one, str) else one
            else:
                yield from references(one)


def text(value):
    return json.dumps(value, sort_keys=True, default=str)


@pytest.fixture(scope="session")
def written():
    return parsed()


@pytest.fixture(scope="session")
def stack():
    """The stack with every default."""
    return Stack({})
