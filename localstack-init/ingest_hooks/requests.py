"""Makes requests look as in API Gateway. LocalStack passes path parameters on percent-encoded, and has no limit for the
body: its templates take minutes for a large one."""

from urllib.parse import unquote

from localstack.services.apigateway.next_gen.execute_api import handlers
from localstack.services.apigateway.next_gen.execute_api.gateway_response import RequestTooLargeError

MAX_BYTES = 10 * 1024 * 1024


def install() -> None:
    handlers.preprocess_request.append(as_api_gateway)


def as_api_gateway(chain, context, response):
    request = context.invocation_request
    if len(request["body"] or b"") > MAX_BYTES:
        raise RequestTooLargeError("Request Too Long")
    request["path_parameters"] = {name: unquote(value) for name, value in (request["path_parameters"] or {}).items()}
