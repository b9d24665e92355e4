package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.template.spec.RuntimeNames;
import java.util.List;
import java.util.Locale;

/** The types around the pipeline, most of which do not run. */
final class SupportResourceTypes {

    private SupportResourceTypes() {}

    static List<ResourceType> all() {
        return List.of(
                role(),
                managedPolicy(),
                instanceProfile(),
                user(),
                ResourceType.accepted("AWS::IAM::Policy"),
                ResourceType.accepted("AWS::IAM::RolePolicy"),
                logGroup(),
                ResourceType.accepted("AWS::Logs::LogStream"),
                ResourceType.accepted("AWS::Logs::MetricFilter"),
                ResourceType.accepted("AWS::Logs::QueryDefinition"),
                ResourceType.accepted("AWS::Logs::ResourcePolicy"),
                ResourceType.accepted("AWS::CodeDeploy::Application"),
                ResourceType.accepted("AWS::CodeDeploy::DeploymentGroup"),
                alarm("AWS::CloudWatch::Alarm"),
                alarm("AWS::CloudWatch::CompositeAlarm"),
                ResourceType.accepted("AWS::CloudWatch::Dashboard").named("DashboardName"),
                ResourceType.accepted("AWS::SQS::QueuePolicy"),
                ResourceType.accepted("AWS::SNS::TopicPolicy"),
                ResourceType.accepted("AWS::S3::BucketPolicy"),
                ResourceType.accepted("AWS::Kinesis::ResourcePolicy"),
                ResourceType.accepted("AWS::SecretsManager::ResourcePolicy").reference(SupportResourceTypes::secretId),
                ResourceType.run("AWS::SecretsManager::RotationSchedule")
                        .properties("SecretId", "RotationLambdaARN", "RotationRules", "RotateImmediatelyOnUpdate")
                        .reference(SupportResourceTypes::secretId),
                key(),
                ResourceType.accepted("AWS::KMS::Alias").named("AliasName"),
                ResourceType.accepted("AWS::CloudFormation::WaitConditionHandle"),
                ResourceType.accepted("AWS::CDK::Metadata"),
                userPool(),
                stack());
    }

    /** Returns the type of a pool that does not run: its names are those of the tokens that authorizers take. */
    private static ResourceType userPool() {
        return ResourceType.notRun("AWS::Cognito::UserPool")
                .reference(SupportResourceTypes::poolId)
                .attribute("UserPoolId", SupportResourceTypes::poolId)
                .attribute("Arn", identity -> identity.arn("cognito-idp", "userpool/" + poolId(identity)))
                .attribute("ProviderName", SupportResourceTypes::provider)
                .attribute("ProviderURL", identity -> "https://" + provider(identity));
    }

    private static String poolId(Identity identity) {
        return identity.names().region() + "_" + identity.unique(9);
    }

    private static String provider(Identity identity) {
        return "cognito-idp.%s.amazonaws.com/%s".formatted(identity.names().region(), poolId(identity));
    }

    private static ResourceType role() {
        return ResourceType.accepted("AWS::IAM::Role")
                .named("RoleName")
                .attribute("Arn", identity -> identity.globalArn("iam", "role" + path(identity) + identity.name()))
                .attribute("RoleId", identity -> "AROA" + identity.unique(17).toUpperCase(Locale.ROOT));
    }

    private static ResourceType managedPolicy() {
        return ResourceType.accepted("AWS::IAM::ManagedPolicy")
                .named("ManagedPolicyName")
                .reference(SupportResourceTypes::policyArn)
                .attribute("PolicyArn", SupportResourceTypes::policyArn);
    }

    private static String policyArn(Identity identity) {
        return identity.globalArn("iam", "policy" + path(identity) + identity.name());
    }

    private static ResourceType instanceProfile() {
        return ResourceType.accepted("AWS::IAM::InstanceProfile")
                .named("InstanceProfileName")
                .attribute(
                        "Arn",
                        identity -> identity.globalArn("iam", "instance-profile" + path(identity) + identity.name()));
    }

    private static ResourceType user() {
        return ResourceType.accepted("AWS::IAM::User")
                .named("UserName")
                .attribute("Arn", identity -> identity.globalArn("iam", "user" + path(identity) + identity.name()));
    }

    private static String path(Identity identity) {
        return identity.property().apply("Path").orElse("/");
    }

    private static ResourceType logGroup() {
        return ResourceType.accepted("AWS::Logs::LogGroup")
                .named("LogGroupName")
                .attribute("Arn", identity -> identity.arn("logs", "log-group:" + identity.name() + ":*"));
    }

    private static ResourceType alarm(String type) {
        return ResourceType.accepted(type)
                .named("AlarmName")
                .attribute("Arn", identity -> identity.arn("cloudwatch", "alarm:" + identity.name()));
    }

    private static String secretId(Identity identity) {
        return identity.property().apply("SecretId").orElse(identity.name());
    }

    private static ResourceType key() {
        return ResourceType.accepted("AWS::KMS::Key")
                .reference(Identity::uuid)
                .attribute("Arn", identity -> identity.arn("kms", "key/" + identity.uuid()))
                .attribute("KeyId", Identity::uuid);
    }

    /** Returns the type of a nested stack, whose attributes are the outputs of its template. */
    private static ResourceType stack() {
        return ResourceType.run("AWS::CloudFormation::Stack")
                .properties("TemplateURL", "Parameters", "Tags", "NotificationARNs", "TimeoutInMinutes", "StackName")
                .reference(identity -> names(identity).stackId());
    }

    private static RuntimeNames names(Identity identity) {
        return identity.property()
                .apply("StackName")
                .map(identity.names()::withStackName)
                .orElseGet(() -> identity.names().nested(identity.logicalId()));
    }
}
