"""Requests as API Gateway takes them. LocalStack hands path parameters on still percent-encoded, and has no limit for the
body: a large one takes its templates minutes."""

from urllib.parse import unquote

from localstack.services.apigateway.next_gen.execute_api import handlers
from localstack.services.apigateway.next_gen.execute_api.gateway_response import RequestTooLargeError

MOST_BYTES = 10 * 1024 * 1024


def install() -> None:
    handlers.preprocess_request.append(as_api_gateway)


def as_api_gateway(chain, context, response):
    request = context.invocation_request
    if len(request["body"] or b"") > MOST_BYTES:
        raise RequestTooLargeError("Request Too Long")
    request["path_parameters"] = {name: unquote(value) for name, value in (request["path_parameters"] or {}).items()}
