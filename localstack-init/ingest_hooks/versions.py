"""Published versions and aliases of functions. LocalStack 4.14.0 resolves every reference of a template once before SAM has
made of it what it refers to (Authorizer.Alias), looking for parts with a transform of their own. And it has no update of
either resource: for each change of a function it makes version and alias a second time, which fails at the alias, and then
deletes the alias that is in use."""

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
    """A version never changes: another one takes its place. The former one stays, as DeletionPolicy Retain has it."""
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
    """Versions go with their function."""
    return done(request, request.desired_state)


def current_alias(client, model):
    try:
        return client.get_alias(FunctionName=model["FunctionName"], Name=model["Name"])
    except client.exceptions.ResourceNotFoundException:
        return None


def put_alias(self, request):
    """The alias points to the version that the template names by now."""
    model, client = request.desired_state, request.aws_client_factory.lambda_
    if not current_alias(client, model):
        return create_alias(self, request)
    arguments = {
        name: model[name] for name in ("FunctionName", "Name", "FunctionVersion", "Description") if model.get(name)
    }
    model["Id"] = client.update_alias(**arguments)["AliasArn"]
    return done(request, model)


def remove_alias(self, request):
    """An alias that points to a newer version by now is not the one to delete."""
    model = request.desired_state
    alias = current_alias(request.aws_client_factory.lambda_, model)
    if not alias or alias["FunctionVersion"] != str(model.get("FunctionVersion")):
        return done(request, model)
    return delete_alias(self, request)
