#!/usr/bin/env python3
"""Writes the constraints of DynamoDB's requests from botocore's service models.

Usage, with botocore installed (a temporary virtual environment is enough):

    python3 local/table/src/tools/model.py > \
        local/table/src/main/resources/dev/ingestkit/local/table/api/request/model.txt

The output holds facts only: names, types, limits, patterns and value sets. One line a shape:

    action NAME SERVICE SHAPE          an action that is served, and the shape of its input
    refused NAME SERVICE               an action that is refused by name
    struct NAME MEMBER[!]:SHAPE ...    members in the order in which DynamoDB checks them; ! is required
    list NAME SHAPE [min=N] [max=N] [at=PATH]     too many members are reported at PATH
    map NAME SHAPE [min=N] [max=N] [keymin=N] [keymax=N] [key=PATTERN] [vmin=N] [vmax=N]
    item NAME                          a map of attribute values
    value NAME                         one attribute value
    text NAME [min=N] [max=N] [enum=A,B] [pattern=REGEX]
    int|long|double|flag|blob NAME [min=N] [max=N]

The tables below hold what DynamoDB prints otherwise than its public model says: the order of checking, the order of
a value set, and limits that the model does not state.
"""

import botocore
import botocore.session

SERVED = {
    "dynamodb": (
        "BatchExecuteStatement BatchGetItem BatchWriteItem CreateTable DeleteItem DeleteTable "
        "DescribeContinuousBackups DescribeEndpoints DescribeLimits DescribeTable DescribeTimeToLive ExecuteStatement "
        "ExecuteTransaction GetItem ListTables ListTagsOfResource PutItem Query Scan TagResource TransactGetItems "
        "TransactWriteItems UntagResource UpdateContinuousBackups UpdateItem UpdateTable UpdateTimeToLive"
    ).split(),
    "dynamodbstreams": "DescribeStream GetRecords GetShardIterator ListStreams".split(),
}

# Members in the order in which their violations are listed; the others follow in the model's order.
ORDER = {
    "CreateTableInput": "TableName BillingMode ProvisionedThroughput KeySchema AttributeDefinitions "
    "GlobalSecondaryIndexes LocalSecondaryIndexes",
    "UpdateTableInput": "TableName ProvisionedThroughput GlobalSecondaryIndexUpdates BillingMode",
    "ProvisionedThroughput": "WriteCapacityUnits ReadCapacityUnits",
    "GlobalSecondaryIndex": "KeySchema Projection IndexName ProvisionedThroughput",
    "LocalSecondaryIndex": "IndexName KeySchema Projection",
    "CreateGlobalSecondaryIndexAction": "KeySchema Projection IndexName ProvisionedThroughput",
    "ListTablesInput": "ExclusiveStartTableName Limit",
}

# Value sets in the order in which they are printed.
ENUMS = {
    "ScalarAttributeType": "B N S",
    "ProjectionType": "ALL INCLUDE KEYS_ONLY",
    "ReturnValue": "ALL_NEW UPDATED_OLD ALL_OLD NONE UPDATED_NEW",
    "ConditionalOperator": "OR AND",
    "Select": "SPECIFIC_ATTRIBUTES COUNT ALL_ATTRIBUTES ALL_PROJECTED_ATTRIBUTES",
    "ComparisonOperator": "IN NULL BETWEEN LT NOT_CONTAINS EQ GT NOT_NULL NE LE BEGINS_WITH GE CONTAINS",
    "ShardIteratorType": "AFTER_SEQUENCE_NUMBER LATEST AT_TIMESTAMP AT_SEQUENCE_NUMBER TRIM_HORIZON",
}

# Constraints that the service has and the model lacks, or has otherwise.
EXTRA = {
    "TableArn": {"min": 3, "max": 255, "pattern": "[a-zA-Z0-9_.-]+"},
    "KeySchema": {"min": 1, "max": 2, "at": "keySchema"},
    "IndexKeySchema": {"min": 1, "max": 8, "at": "keySchema"},
    "BatchGetRequestMap": {"min": 1, "max": None, "keymin": 3, "keymax": 255, "key": "[a-zA-Z0-9_.-]+"},
    "BatchWriteItemRequestMap": {
        "min": 1, "max": None, "keymin": 3, "keymax": 255, "key": "[a-zA-Z0-9_.-]+", "vmin": 1, "vmax": 25,
    },
    "BatchWriteItemRequestMapList": {"min": None, "max": None},
    "AttributeNameList": {"min": 1, "max": 255},
    "ResourceArnString": {"min": None, "max": None},
}

# Members whose shape has other limits than the model's shape of that name.
RENAMED = {
    "GlobalSecondaryIndex.KeySchema": "IndexKeySchema",
    "CreateGlobalSecondaryIndexAction.KeySchema": "IndexKeySchema",
}

# Members that the public model requires and the service reports by a text of its own, or not at all.
OPTIONAL = {
    "CreateTableInput.TableName", "UpdateTableInput.TableName", "DeleteTableInput.TableName",
    "DescribeTableInput.TableName", "DescribeTimeToLiveInput.TableName", "DescribeContinuousBackupsInput.TableName",
    "UpdateContinuousBackupsInput.TableName", "UpdateTimeToLiveInput.TableName",
    "TagResourceInput.ResourceArn", "UntagResourceInput.ResourceArn", "ListTagsOfResourceInput.ResourceArn",
    "AttributeValueUpdate.Action", "Condition.ComparisonOperator", "BatchGetItemInput.RequestItems",
    "BatchWriteItemInput.RequestItems",
}

# Members that the service requires and the public model does not.
REQUIRED = {"CreateTableInput.KeySchema", "CreateTableInput.AttributeDefinitions"}

# Maps of attribute values whose refusals name the key: read value by value.
NAMED_VALUES = {"ExpressionAttributeValueMap"}

SCALARS = {"integer": "int", "long": "long", "double": "double", "float": "double", "timestamp": "double",
           "boolean": "flag", "blob": "blob"}


def attributes(**values):
    return "".join(f" {key}={value}" for key, value in values.items() if value is not None)


class Writer:
    def __init__(self):
        self.lines = {}

    def shape(self, shape, name=None):
        name = name or shape.name
        if name not in self.lines:
            self.lines[name] = ""
            self.lines[name] = self.line(shape, name)
        return name

    def line(self, shape, name):
        limits = {key: shape.metadata.get(key) for key in ("min", "max")}
        limits.update({k: v for k, v in EXTRA.get(name, {}).items() if k in ("min", "max", "at")})
        if shape.name == "AttributeValue":
            return f"value {shape.name}"
        if shape.type_name == "structure":
            return self.struct(shape)
        if shape.type_name == "list":
            self.shape(shape.member)
            return f"list {name} {shape.member.name}{attributes(**limits)}"
        if shape.type_name == "map":
            if shape.value.name == "AttributeValue" and shape.name not in NAMED_VALUES:
                return f"item {shape.name}"
            self.shape(shape.value)
            extra = {k: v for k, v in EXTRA.get(shape.name, {}).items() if k not in ("min", "max")}
            return f"map {shape.name} {shape.value.name}{attributes(**limits, **extra)}"
        if shape.type_name == "string":
            names = ENUMS.get(shape.name)
            values = names.split() if names else shape.metadata.get("enum") or []
            assert not names or not shape.metadata.get("enum") or set(values) == set(shape.metadata["enum"]), shape.name
            pattern = EXTRA.get(shape.name, {}).get("pattern", shape.metadata.get("pattern"))
            return f"text {shape.name}{attributes(**limits, enum=','.join(values) or None, pattern=pattern)}"
        return f"{SCALARS[shape.type_name]} {shape.name}{attributes(**limits)}"

    def struct(self, shape):
        first = ORDER.get(shape.name, "").split()
        names = first + [name for name in shape.members if name not in first]
        members = []
        for name in names:
            path = f"{shape.name}.{name}"
            target = self.shape(shape.members[name], RENAMED.get(path))
            required = (name in shape.required_members and path not in OPTIONAL) or path in REQUIRED
            members.append(f"{name}{'!' if required else ''}:{target}")
        return " ".join(["struct", shape.name, *members])


def main():
    session = botocore.session.get_session()
    writer, actions = Writer(), []
    for service, served in SERVED.items():
        model = session.get_service_model(service)
        for name in model.operation_names:
            if name in served:
                shape = model.operation_model(name).input_shape
                writer.shape(shape)
                actions.append(f"action {name} {service} {shape.name}")
            else:
                actions.append(f"refused {name} {service}")
    print("# The constraints of DynamoDB's requests: written by src/tools/model.py"
          f" from the service models of botocore {botocore.__version__}. Do not edit.")
    for line in [*actions, *writer.lines.values()]:
        print(line)


if __name__ == "__main__":
    main()
