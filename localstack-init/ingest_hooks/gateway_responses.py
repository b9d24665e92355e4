"""Adds gateway responses of an API's OpenAPI body. LocalStack drops them at import and sends none of their headers."""

from localstack.services.apigateway.next_gen.execute_api.gateway_response import get_gateway_response_or_default
from localstack.services.apigateway.next_gen.execute_api.handlers import GatewayExceptionHandler

KEY = "x-amazon-apigateway-gateway-responses"
HEADER = "gatewayresponse.header."

create_response = GatewayExceptionHandler.create_exception_response


def install() -> None:
    GatewayExceptionHandler.create_exception_response = with_headers


def put_all(client, api_id: str, body: dict) -> None:
    """Stores the body's gateway responses, as CreateRestApi from a body does on AWS."""
    for kind, settings in (body.get(KEY) or {}).items():
        arguments = {
            "restApiId": api_id,
            "responseType": kind,
            "responseParameters": settings.get("responseParameters") or {},
            "responseTemplates": settings.get("responseTemplates") or {},
        }
        if settings.get("statusCode"):
            arguments["statusCode"] = str(settings["statusCode"])
        client.put_gateway_response(**arguments)


def with_headers(self, exception, context):
    """Returns LocalStack's own response with the headers that have fixed values: those in single quotes."""
    response = create_response(self, exception, context)
    settings = get_gateway_response_or_default(exception.type, context.deployment.rest_api.gateway_responses)
    for name, value in (settings.get("responseParameters") or {}).items():
        if name.startswith(HEADER) and len(value) > 1 and value[0] == value[-1] == "'":
            response.headers[name[len(HEADER) :]] = value[1:-1]
    return response
