"""Published versions and aliases of functions. LocalStack 4.14.0 resolves every reference of a template once before SAM has
made of it what it refers to (Authorizer.Alias), looking for parts with a transform of their own. And it has no update of
either resource: a changed archive would fail the stack at the alias, a changed parameter at the version, which
CloudFormation replaces."""

import json

from localstack.services.cloudformation.engine.v2.change_set_model_transform import ChangeSetModelTransform
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent
from localstack.services.lambda_.resource_providers.aws_lambda_version import LambdaVersionProvider
from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider

ACTIVE_SECONDS = 90

transform_parts = ChangeSetModelTransform._execute_local_transforms


def install() -> None:
    ChangeSetModelTransform._execute_local_transforms = transform_parts_if_any
    LambdaVersionProvider.update = publish
    LambdaAliasProvider.update = move


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


def move(self, request):
    """The alias points to the version that the template names by now."""
    model, before = request.desired_state, request.previous_state
    arguments = {
        name: model[name] for name in ("FunctionName", "Name", "FunctionVersion", "Description") if model.get(name)
    }
    request.aws_client_factory.lambda_.update_alias(**arguments)
    model["Id"] = before["Id"]
    return done(request, model)
