"""Compares what the kit reads of each SAM template of the corpus with what SAM's own transform generates.

The files corpus/NAME.json hold what the kit reads; CorpusTest (local/template) keeps them true.
"""

import copy
import json
import re

import pytest
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from conftest import ROOT, NoManagedPolicies

CORPUS = ROOT / "template-tests" / "corpus"
SAM = "AWS::Serverless-2016-10-31"
PSEUDO = {
    "AWS::Region": "eu-west-1",
    "AWS::AccountId": "000000000000",
    "AWS::Partition": "aws",
    "AWS::StackName": "demo",
    "AWS::URLSuffix": "amazonaws.com",
}
# SAM ends these logical ids with a hash of the content; here each has one name.
HASHED = re.compile(r"^(.*(?:Deployment|Version|Layer))[0-9a-f]{10}$")
# What SAM makes of properties and events that the kit names as not run.
NOT_RUN = {"AWS::Logs::SubscriptionFilter"}
# Permissions and descriptions have no effect in a local run: only their ids and types are compared.
WITHOUT_EFFECT = {
    "AWS::IAM::Role",
    "AWS::IAM::ManagedPolicy",
    "AWS::Lambda::Version",
    "AWS::ApiGateway::Deployment",
    "AWS::CloudFormation::Stack",
}
# What packaging puts in the place of a local path, and SAM's mark on what it made.
# A key is bound to its stage by its usage plan here, by the stage's name there.
IGNORED = {"StageKeys", "Code", "Content", "Tags", "EndpointConfiguration", "Parameters", "Metadata", "Auth", "Cors", "CorsConfiguration", "GatewayResponses", "Models"}
NO_VALUE = object()


def sam_templates():
    for file in sorted(CORPUS.glob("*.yaml")):
        text = file.read_text()
        # The translator runs neither AWS::Include nor AWS::LanguageExtensions.
        # It would ask the application repository, too.
        if f"\nTransform: {SAM}\n" in text and not any(part in text for part in ("Fn::Transform", "arn:aws:serverlessrepo")):
            yield file.stem


def expanded(name):
    """Runs SAM's transform over a template of the corpus, with its archives where `sam package` would put them."""
    document = yaml_parse((CORPUS / f"{name}.yaml").read_text())
    sections = list(document.get("Resources", {}).values()) + [{"Properties": value} for value in document.get("Globals", {}).values()]
    for section in sections:
        properties = section.get("Properties") or {}
        for path in ("CodeUri", "ContentUri", "DefinitionUri"):
            if isinstance(properties.get(path), str):
                properties[path] = "s3://artifacts/" + properties[path]
    return transform(document, {name: value["Default"] for name, value in document.get("Parameters", {}).items()}, NoManagedPolicies())


def kit(name):
    return json.loads((CORPUS / f"{name}.json").read_text())


class Values:
    """Resolves the functions in SAM's result to what they are in the kit's stack."""

    def __init__(self, template, resources):
        self.template = template
        self.resources = resources
        self.parameters = {name: value["Default"] for name, value in template.get("Parameters", {}).items()}

    def condition(self, name):
        return self.holds(self.template["Conditions"][name])

    def holds(self, node):
        function, argument = next(iter(node.items()))
        if function == "Condition":
            return self.condition(argument)
        if function == "Fn::Equals":
            return self.resolve(argument[0]) == self.resolve(argument[1])
        if function == "Fn::Not":
            return not self.holds(argument[0])
        return (all if function == "Fn::And" else any)(self.holds(each) for each in argument)

    def reference(self, name):
        if name == "AWS::NoValue":
            return NO_VALUE
        for known in (PSEUDO, self.parameters):
            if name in known:
                return known[name]
        return self.resources[plain(name)]["ref"]

    def attribute(self, name, attribute):
        resource = self.resources[plain(name)]
        found = resource.get("attributes", {}).get(attribute)
        assert found is not None, f"{name}.{attribute}"
        return found

    def substitute(self, text, own):
        def value(match):
            name = match.group(1)
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in own:
                return str(self.resolve(own[name]))
            return str(self.attribute(*name.split(".", 1)) if "." in name else self.reference(name))

        return re.sub(r"\$\{([^{}]*)}", value, text)

    def resolve(self, node):
        if isinstance(node, list):
            return [value for value in map(self.resolve, node) if value is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            function, argument = next(iter(node.items()))
            if function == "Ref":
                return self.reference(argument)
            if function == "Fn::GetAtt":
                return self.attribute(*(argument if isinstance(argument, list) else argument.split(".", 1)))
            if function == "Fn::Sub":
                text, own = argument if isinstance(argument, list) else (argument, {})
                return self.substitute(text, own)
            if function == "Fn::If":
                return self.resolve(argument[1 if self.condition(argument[0]) else 2])
            if function == "Fn::Join":
                return argument[0].join(map(str, self.resolve(argument[1])))
        pairs = {key: self.resolve(value) for key, value in node.items()}
        return {key: value for key, value in pairs.items() if value is not NO_VALUE and value is not None}


def plain(logical_id):
    match = HASHED.match(logical_id)
    return match.group(1) if match else logical_id


def normal(node):
    """Numbers and booleans as texts, as CloudFormation takes either; no authorizer and `NONE` are the same."""
    if isinstance(node, dict):
        made = {str(key): normal(value) for key, value in node.items()}
        if "x-amazon-apigateway-integration" in made:
            # What only describes a method.
            made = {key: value for key, value in made.items() if key not in ("consumes", "produces", "summary", "responses", "isDefaultRoute")}
        if made.get("security") in ([{"NONE": []}], []):
            made["security"] = []
        return {key: value for key, value in made.items() if value not in ({},) or key == "properties"}
    if isinstance(node, list):
        return [normal(value) for value in node]
    if isinstance(node, bool):
        return str(node).lower()
    if str(node).startswith("{"):
        try:
            return json.dumps(json.loads(node))
        except ValueError:
            return node
    return str(node)


@pytest.mark.parametrize("name", sam_templates())
def test_the_kit_reads_what_sam_generates(name):
    ours = kit(name)
    if "errors" in ours:
        with pytest.raises(InvalidDocumentException) as refused:
            expanded(name)
        reasons = " ".join(cause.message for cause in refused.value.causes)
        for error in ours["errors"]:
            assert error.split(": ", 2)[-1] in reasons
        return
    template = expanded(name)
    values = Values(template, ours["resources"])
    theirs = {
        plain(logical_id): resource
        for logical_id, resource in template["Resources"].items()
        if ("Condition" not in resource or values.condition(resource["Condition"])) and resource["Type"] not in NOT_RUN
    }
    for event in re.findall(r"the event (\w+) of (\w+) invokes nothing", " ".join(ours["warnings"])):
        theirs.pop(event[1] + event[0] + "Permission", None)
    types = {key: value["type"] for key, value in ours["resources"].items()}
    if any(resource["Type"] == "AWS::ApiGatewayV2::Api" for resource in theirs.values()):
        # SAM leaves out permissions that the one of the default route covers.
        types = {key: value for key, value in types.items() if key in theirs or value != "AWS::Lambda::Permission"}
    assert types == {key: value["Type"] for key, value in theirs.items()}
    for logical_id, resource in theirs.items():
        if resource["Type"] in WITHOUT_EFFECT or "properties" not in ours["resources"][logical_id]:
            continue
        wanted = normal(values.resolve(copy.deepcopy(resource.get("Properties", {}))))
        found = normal(ours["resources"][logical_id]["properties"])
        for key in set(wanted) | set(found):
            if key not in IGNORED:
                assert found.get(key) == wanted.get(key), f"{logical_id}.{key}"
