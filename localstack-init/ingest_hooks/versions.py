"""Supports published versions and aliases of functions. LocalStack 4.14.0 resolves every reference of a template once
before SAM has generated its target (Authorizer.Alias), in search of parts with a transform of their own. LocalStack also
has no update of either resource: for each change of a function it creates version and alias a second time, which fails
at the alias, and then deletes the alias that is in use."""

import json

from localstack.services.cloudformation.engine.v2.change_set_model_transform import ChangeSetModelTransform
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent
from localstack.services.lambda_.resource_providers.aws_lambda_version import LambdaVersionProvider
from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider

ACTIVE_SECONDS = 90

transform_parts = ChangeSetModelTransform._execute_local_transforms
create_alias, delete_alias = LambdaAliasProvider.create, LambdaAliasProvider.delete


def install() -> None:
    ChangeSetModelTransform._execute_local_transforms = transform_parts_if_any
    LambdaVersionProvider.update = publish
    LambdaVersionProvider.delete = keep
    LambdaAliasProvider.create = LambdaAliasProvider.update = put_alias
    LambdaAliasProvider.delete = remove_alias


def done(request, model):
    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context)


def transform_parts_if_any(self):
    if "Fn::Transform" in json.dumps([self._before_template, self._after_template], default=str):
        transform_parts(self)


def publish(self, request):
    """Publishes a new version in place of the old one, which stays, as with DeletionPolicy Retain."""
    model, client = request.desired_state, request.aws_client_factory.lambda_
    arguments = {name: model[name] for name in ("FunctionName", "CodeSha256", "Description") if model.get(name)}
    client.get_waiter("function_updated_v2").wait(FunctionName=model["FunctionName"])
    published = client.publish_version(**arguments)
    model["Version"], model["Id"] = published["Version"], published["FunctionArn"]
    client.get_waiter("function_active_v2").wait(
        FunctionName=model["Id"], WaiterConfig={"Delay": 1, "MaxAttempts": ACTIVE_SECONDS}
    )
    return done(request, model)


def keep(self, request):
    """Keeps the version: it is deleted with its function."""
    return done(request, request.desired_state)


def current_alias(client, model):
    try:
        return client.get_alias(FunctionName=model["FunctionName"], Name=model["Name"])
    except client.exceptions.ResourceNotFoundException:
        return None


def put_alias(self, request):
    """Points the alias to the version that the template names."""
    model, client = request.desired_state, request.aws_client_factory.lambda_
    if not current_alias(client, model):
        return create_alias(self, request)
    arguments = {
        name: model[name] for name in ("FunctionName", "Name", "FunctionVersion", "Description") if model.get(name)
    }
    model["Id"] = client.update_alias(**arguments)["AliasArn"]
    return done(request, model)


def remove_alias(self, request):
    """Deletes the alias, unless it already points to a newer version."""
    model = request.desired_state
    alias = current_alias(request.aws_client_factory.lambda_, model)
    if not alias or alias["FunctionVersion"] != str(model.get("FunctionVersion")):
        return done(request, model)
    return delete_alias(self, request)
