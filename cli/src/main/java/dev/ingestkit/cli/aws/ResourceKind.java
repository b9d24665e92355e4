package dev.ingestkit.cli.aws;

import java.util.List;
import java.util.Locale;

/** The kinds of a stack's resources that the tool works with. */
@SuppressWarnings("ImmutableEnumChecker") // its collection is one of List.of
public enum ResourceKind {
    STREAM("StreamName", "AWS::Kinesis::Stream"),
    TABLE("TableName", "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable"),
    QUEUE("DeadLetterQueueUrl", "AWS::SQS::Queue"),
    FUNCTION("WriterFunctionName", "AWS::Lambda::Function", "AWS::Serverless::Function"),
    SECRET("SecretArn", "AWS::SecretsManager::Secret"),
    API("SubmitUrl", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"),
    STAGE("StageName", "AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage"),
    MAPPING("", "AWS::Lambda::EventSourceMapping");

    private final String output;
    private final List<String> types;

    ResourceKind(String output, String... types) {
        this.output = output;
        this.types = List.of(types);
    }

    /** Returns the output by which the kit's own template names its resource of this kind: a hint, never needed. */
    String output() {
        return output;
    }

    /** Returns whether a resource type of CloudFormation is of this kind. */
    public boolean includes(String type) {
        return types.contains(type);
    }

    /** Returns the kind's name in sentences: {@code stream}. */
    public String noun() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the option that chooses among several resources: {@code --stream}. */
    public String option() {
        return "--" + noun();
    }

    /** Returns the error code of a resource that is missing or cannot be chosen: {@code STREAM_UNCLEAR}. */
    String code(String problem) {
        return name() + "_" + problem;
    }
}
