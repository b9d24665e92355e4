"""Makes a changed API reach a deployed stack. LocalStack 4.14.0 ignores an update of a RestApi's body, and replaces the
stage of a changed API by creating it a second time, which fails and leaves the API answering 404."""

import json

from localstack.services.apigateway.resource_providers.aws_apigateway_restapi import ApiGatewayRestApiProvider
from localstack.services.apigateway.resource_providers.aws_apigateway_stage import ApiGatewayStageProvider
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent

from . import gateway_responses

create_api = ApiGatewayRestApiProvider.create
create_stage, delete_stage = ApiGatewayStageProvider.create, ApiGatewayStageProvider.delete


def install() -> None:
    ApiGatewayRestApiProvider.create = create_api_with_responses
    ApiGatewayRestApiProvider.update = update_api
    ApiGatewayStageProvider.create = ApiGatewayStageProvider.update = put_stage
    ApiGatewayStageProvider.delete = remove_stage


def done(request, model):
    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context)


def body_of(model):
    body = model.get("Body")
    return json.loads(body) if isinstance(body, str) else body


def create_api_with_responses(self, request):
    event = create_api(self, request)
    model = event.resource_model
    if event.status == OperationStatus.SUCCESS and body_of(model):
        gateway_responses.put_all(request.aws_client_factory.apigateway, model["RestApiId"], body_of(model))
    return event


def update_api(self, request):
    model, before = request.desired_state, request.previous_state
    model["RestApiId"] = before["RestApiId"]
    model["RootResourceId"] = before.get("RootResourceId")
    body = body_of(model)
    if body:
        client = request.aws_client_factory.apigateway
        client.put_rest_api(
            restApiId=model["RestApiId"],
            mode="overwrite",
            body=json.dumps(body).encode(),
            parameters={"basepath": "ignore"},
        )
        gateway_responses.put_all(client, model["RestApiId"], body)
    return done(request, model)


def current_stage(client, model):
    try:
        return client.get_stage(restApiId=model["RestApiId"], stageName=model["StageName"])
    except client.exceptions.NotFoundException:
        return None


def put_stage(self, request):
    model, client = request.desired_state, request.aws_client_factory.apigateway
    if not current_stage(client, model):
        return create_stage(self, request)
    client.update_stage(
        restApiId=model["RestApiId"],
        stageName=model["StageName"],
        patchOperations=[{"op": "replace", "path": "/deploymentId", "value": model["DeploymentId"]}],
    )
    return done(request, model)


def remove_stage(self, request):
    """Deletes the stage, unless it already serves a newer deployment."""
    model = request.desired_state
    stage = current_stage(request.aws_client_factory.apigateway, model)
    if stage and stage["deploymentId"] != model.get("DeploymentId"):
        return done(request, model)
    return delete_stage(self, request)
