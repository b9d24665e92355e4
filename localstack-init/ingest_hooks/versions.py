"""Published versions and aliases of functions. LocalStack 4.14.0 refuses a reference to what SAM makes (Authorizer.Alias)
before SAM has made it. And it has no update of either resource: a changed archive would fail the stack at the alias, a
changed parameter at the version, which CloudFormation replaces."""

from localstack.services.cloudformation.engine.v2.change_set_model_preproc import ValidationError
from localstack.services.cloudformation.engine.v2.change_set_model_transform import ChangeSetModelTransform
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent
from localstack.services.lambda_.resource_providers.aws_lambda_version import LambdaVersionProvider
from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider

ACTIVE_SECONDS = 90

refer = ChangeSetModelTransform.visit_node_intrinsic_function_ref


def install() -> None:
    ChangeSetModelTransform.visit_node_intrinsic_function_ref = refer_before_sam
    LambdaVersionProvider.update = publish
    LambdaAliasProvider.update = move


def done(request, model):
    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context)


def refer_before_sam(self, node):
    """What is not there yet is left as it stands; the same check runs once more on what SAM has made of the template."""
    try:
        return refer(self, node)
    except ValidationError:
        return self.visit(node.arguments)


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
