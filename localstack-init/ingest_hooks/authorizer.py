"""Adds Lambda authorizers of type REQUEST and TOKEN, as in API Gateway: identity sources first, then the function. Its answer
is cached for the TTL, and its policy is applied to each request's own method ARN."""

import json
import logging
import re
import threading
import time
from collections import OrderedDict

from localstack.aws.connect import connect_to
from localstack.services.apigateway.next_gen.execute_api import handlers
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    AccessDeniedError,
    AuthorizerConfigurationError,
    AuthorizerFailureError,
    UnauthorizedError,
)
from localstack.services.apigateway.next_gen.execute_api.helpers import get_source_arn

LOG = logging.getLogger("localstack.ingest")

DEFAULT_TTL_SECONDS = 300
MAX_DECISIONS = 10_000


def install() -> None:
    handlers.preprocess_request.append(authorize)


class Decisions:
    """Caches answers of authorizers by identity for their TTL. A full cache drops its oldest entries."""

    def __init__(self):
        self.lock = threading.Lock()
        self.entries = OrderedDict()

    def get(self, key):
        with self.lock:
            entry = self.entries.get(key)
            return entry[1] if entry and entry[0] > time.monotonic() else None

    def put(self, key, answer, seconds):
        with self.lock:
            self.entries[key] = (time.monotonic() + seconds, answer)
            self.entries.move_to_end(key)
            while len(self.entries) > MAX_DECISIONS:
                self.entries.popitem(last=False)


decisions = Decisions()


def authorize(chain, context, response):
    """Authorizes a request, after routing and before all other steps of a method."""
    method = context.resource_method
    if method.get("authorizationType") != "CUSTOM":
        return
    definition = context.deployment.rest_api.authorizers.get(method.get("authorizerId"))
    if not definition:
        raise AuthorizerConfigurationError()
    identity = identity_of(definition, context)
    key = (context.api_id, context.deployment_id, definition["id"], identity)
    answer = decisions.get(key)
    if answer is None:
        answer = ask(definition, context, identity)
        seconds = definition.get("authorizerResultTtlInSeconds")
        seconds = DEFAULT_TTL_SECONDS if seconds is None else int(seconds)
        if seconds > 0:
            decisions.put(key, answer, seconds)
    obey(answer, method_arn(context))
    context.context_variables["authorizer"] = {**(answer.get("context") or {}), "principalId": answer["principalId"]}


def identity_of(definition, context):
    """Returns the identity sources' values. A missing or empty value means 401, and the function is not called."""
    values = []
    for source in filter(None, (part.strip() for part in (definition.get("identitySource") or "").split(","))):
        value = identity_value(source, context)
        if not value:
            raise UnauthorizedError("Unauthorized")
        values.append(value)
    return tuple(values)


def identity_value(source, context):
    request = context.invocation_request
    place, _, name = source.rpartition(".")
    if place == "method.request.header":
        return request["headers"].get(name)
    if place == "method.request.querystring":
        return (request.get("query_string_parameters") or {}).get(name)
    if place == "stageVariables":
        return (context.stage_variables or {}).get(name)
    if source.startswith("context."):
        value = context.context_variables
        for part in source.split(".")[1:]:
            value = value.get(part) if isinstance(value, dict) else None
        return value
    raise AuthorizerConfigurationError()


def ask(definition, context, identity):
    """Invokes the function. Its error `Unauthorized` becomes 401; any other error is the authorizer's own failure."""
    function = re.search(r"functions/(.+)/invocations", definition.get("authorizerUri") or "")
    if not function:
        raise AuthorizerConfigurationError()
    try:
        result = connect_to(region_name=context.region, aws_access_key_id=context.account_id).lambda_.invoke(
            FunctionName=function.group(1), Payload=json.dumps(event(definition, context, identity))
        )
        payload = json.loads(result["Payload"].read() or b"null")
    except Exception as failed:  # boto creates its exception types at run time
        LOG.warning("authorizer %s cannot be invoked: %s", function.group(1), failed)
        raise AuthorizerFailureError() from failed
    if result.get("FunctionError"):
        if (payload or {}).get("errorMessage") == "Unauthorized":
            raise UnauthorizedError("Unauthorized")
        LOG.warning("authorizer %s failed: %s", function.group(1), (payload or {}).get("errorType"))
        raise AuthorizerFailureError()
    statements = isinstance(payload, dict) and (payload.get("policyDocument") or {}).get("Statement")
    if not statements or not payload.get("principalId"):
        raise AuthorizerConfigurationError()
    return payload


def event(definition, context, identity):
    if definition.get("type") == "TOKEN":
        return {"type": "TOKEN", "methodArn": method_arn(context), "authorizationToken": identity[0]}
    request = context.invocation_request
    headers = request["headers"]
    query = request.get("query_string_parameters") or {}
    return {
        "type": "REQUEST",
        "methodArn": method_arn(context),
        "resource": context.resource["path"],
        "path": request["path"],
        "httpMethod": request["http_method"],
        "headers": {name: headers.get(name) for name in headers.keys()},
        "multiValueHeaders": {name: headers.getlist(name) for name in headers.keys()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": request.get("multi_value_query_string_parameters") or {},
        "pathParameters": request.get("path_parameters") or {},
        "stageVariables": context.stage_variables or {},
        "requestContext": {
            **{name: value for name, value in context.context_variables.items() if isinstance(value, (str, int, dict))},
            "resourcePath": context.resource["path"],
            "httpMethod": request["http_method"],
            "stage": context.stage,
        },
    }


def method_arn(context):
    """Returns arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/path, with the path as requested."""
    arn = get_source_arn(context)
    request = context.invocation_request
    return f"{arn[: arn.index('/')]}/{context.stage}/{request['http_method']}{request['path']}"


def obey(answer, arn):
    allowed = False
    for statement in listed(answer["policyDocument"]["Statement"]):
        if not any(matches(pattern, arn) for pattern in listed(statement.get("Resource"))):
            continue
        if statement.get("Effect") == "Deny":
            raise AccessDeniedError("User is not authorized to access this resource with an explicit deny")
        allowed = allowed or statement.get("Effect") == "Allow"
    if not allowed:
        raise AccessDeniedError("User is not authorized to access this resource")


def listed(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def matches(pattern, arn):
    """Matches IAM's wildcards: * for any sequence, ? for one character; every other character matches itself."""
    expression = "".join(".*" if sign == "*" else "." if sign == "?" else re.escape(sign) for sign in pattern)
    return re.fullmatch(expression, arn, re.DOTALL) is not None
