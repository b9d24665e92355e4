package dev.ingestkit.local.template;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.StackOutput;
import dev.ingestkit.local.template.spec.StreamSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {

    private static final String QUEUE = """
        Resources:
          Queue: { Type: AWS::SQS::Queue }
        """;

    private @TempDir Path directory;

    private Stack resolve(String text, Map<String, String> parameters) {
        return TemplateText.resolve(text, directory, parameters);
    }

    private Stack resolve(String text) {
        return resolve(text, Map.of());
    }

    /** Returns the value of an output beside one queue. */
    private String value(String expression) {
        return requireNonNull(resolve(QUEUE + "Outputs:\n  Out:\n    Value: " + expression + "\n")
                .outputValues()
                .get("Out"));
    }

    private void refused(String text, Map<String, String> parameters, String... problems) {
        assertThatThrownBy(() -> resolve(text, parameters))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::toString)
                                .containsExactly(problems));
    }

    @Test
    void intrinsicFunctionsHaveTheirValues() {
        assertThat(value("!Ref AWS::Region")).isEqualTo("eu-west-1");
        assertThat(value("!Ref Queue")).isEqualTo("http://localhost:4577/queue/eu-west-1/123456789012/demo-Queue");
        assertThat(value("!GetAtt Queue.Arn")).isEqualTo("arn:aws:sqs:eu-west-1:123456789012:demo-Queue");
        assertThat(value("{ 'Fn::GetAtt': [Queue, QueueName] }")).isEqualTo("demo-Queue");
        assertThat(value("!Sub '${AWS::StackName}/${Queue.Arn}/${!Raw}'"))
                .isEqualTo("demo/arn:aws:sqs:eu-west-1:123456789012:demo-Queue/${Raw}");
        assertThat(value("!Sub ['${A}-${AWS::AccountId}', { A: !Ref AWS::Partition }]"))
                .isEqualTo("aws-123456789012");
        assertThat(value("!Join ['-', [a, !Ref AWS::URLSuffix]]")).isEqualTo("a-amazonaws.com");
        assertThat(value("!Select [1, !Split [',', 'a,b,c']]")).isEqualTo("b");
        assertThat(value("!Base64 'hi'")).isEqualTo("aGk=");
        assertThat(value("!Select [2, !GetAZs '']")).isEqualTo("eu-west-1c");
    }

    @Test
    void conditionsMappingsAndNoValueShapeTheStack() {
        Stack stack = resolve("""
            Parameters: { Mode: { Type: String, Default: big } }
            Mappings: { Sizes: { big: { shards: 3 } } }
            Conditions:
              Big: !Equals [!Ref Mode, big]
              Small: !Not [{ Condition: Big }]
              Both: !And [!Condition Big, !Condition Small]
              Any: !Or [!Condition Big, !Condition Small]
            Resources:
              Stream:
                Type: AWS::Kinesis::Stream
                Condition: Any
                Properties:
                  Name: !If [Small, tiny, !Ref AWS::NoValue]
                  ShardCount: !FindInMap [Sizes, !Ref Mode, shards]
              Other: { Type: AWS::SQS::Queue, Condition: Both }
            Outputs:
              Gone: { Condition: Both, Value: !Ref Other }
              Name: { Value: !Ref Stream, Export: { Name: !Sub '${AWS::StackName}-stream' } }
            """);
        assertThat(stack.data().streams()).extracting(StreamSpec::name).containsExactly("demo-Stream");
        assertThat(stack.data().streams().get(0).shards()).isEqualTo(3);
        assertThat(stack.data().queues()).isEmpty();
        assertThat(stack.outputs()).extracting(StackOutput::name).containsExactly("Name");
        assertThat(stack.outputs().get(0).exportName()).contains("demo-stream");
    }

    @Test
    void everyInvalidParameterIsReported() {
        String text = """
            Parameters:
              Count: { Type: Number, MinValue: 1, Default: 1 }
              Mode: { Type: String, AllowedValues: [a, b], Default: a }
              Secret: { Type: String, MinLength: 8, NoEcho: true }
              Needed: { Type: String }
            """ + QUEUE;
        refused(
                text,
                Map.of("Count", "0", "Mode", "c", "Secret", "short", "Cuont", "1"),
                "t.yaml:1:1: Parameters: 'Cuont' is not a parameter; known are Count, Mode, Needed, Secret",
                "t.yaml:2:3: Parameters.Count: the parameter Count: the value '0' is less than 1",
                "t.yaml:3:3: Parameters.Mode: the parameter Mode: the value 'c' is not one of the allowed values a, b",
                "t.yaml:4:3: Parameters.Secret: the parameter Secret: its value is shorter than 8 characters",
                "t.yaml:5:3: Parameters.Needed: the parameter Needed has no default and no value was given;"
                        + " give one with --parameter Needed=VALUE");
    }

    @Test
    void aNoEchoParameterIsNeverDisplayed() {
        Stack stack = resolve("Parameters: { P: { Type: String, NoEcho: true } }\n" + QUEUE, Map.of("P", "s3cret"));
        assertThat(stack.source().parameters().get(0).shown()).isEqualTo("****");
        assertThat(stack.source().parameters().toString()).doesNotContain("s3cret");
    }

    @Test
    void unknownNamesAreReportedWithASuggestion() {
        refused(
                """
                Resources:
                  Stream: { Type: AWS::Kinesis::Stream, DependsOn: Quene }
                  Queue:
                    Type: AWS::SQS::Queue
                    Properties:
                      QueueName: !Ref Streem
                """,
                Map.of(),
                "t.yaml:2:3: Resources.Stream: DependsOn: 'Quene' is not a resource; did you mean Queue?",
                "t.yaml:6:18: Resources.Queue.Properties.QueueName: 'Streem' is neither a parameter nor a resource;"
                        + " did you mean Stream?");
    }

    @Test
    void anUnknownAttributeIsReportedWithTheKnownOnes() {
        assertThatThrownBy(() -> value("!GetAtt Queue.Url"))
                .isInstanceOf(TemplateException.class)
                .hasMessage(
                        "t.yaml:5:12: Outputs.Out.Value: Queue (AWS::SQS::Queue) has no attribute Url that is supported"
                                + " here; known are Arn, QueueName, QueueUrl");
    }

    @Test
    void aDependencyCycleIsReported() {
        assertThatThrownBy(() -> resolve("""
            Resources:
              A: { Type: AWS::SQS::Queue, DependsOn: B }
              B: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "x-${C}" } }
              C: { Type: AWS::IAM::Role, DependsOn: A }
            """))
                .isInstanceOf(TemplateException.class)
                .hasMessage("t.yaml:2:3: Resources.A: circular dependency: A -> B -> C -> A");
        assertThatThrownBy(() -> resolve("""
            Resources:
              A: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt A.Arn } }
            """)).hasMessageContaining("circular dependency: A -> A");
    }

    @Test
    void aConditionMayHaveANameThatYamlReadsAsABoolean() {
        Stack stack = resolve("""
            Conditions:
              No: !Equals [a, b]
              Yes: !Equals [a, a]
            Resources:
              A: { Type: AWS::SQS::Queue, Condition: No }
              B: { Type: AWS::SQS::Queue, Condition: Yes }
            """);

        assertThat(stack.data().queues()).hasSize(1);
    }

    @Test
    void aReferenceToAResourceUnderAFalseConditionIsRefused() {
        assertThatThrownBy(() -> resolve("""
            Conditions: { Never: !Equals [a, b] }
            Resources:
              A: { Type: AWS::SQS::Queue, Condition: Never }
            Outputs:
              Out: { Value: !Ref A }
            """))
                .hasMessageContaining("the resource A does not exist because its condition Never is false");
    }

    @Test
    void unsupportedResourcesGetWarningsInOneList() {
        Stack stack = resolve("""
            Hooks: { H: {} }
            Resources:
              Topic: { Type: AWS::IoT::Thing }
              Machine: { Type: AWS::StepFunctions::StateMachine }
              Queue: { Type: AWS::SQS::Queue, Properties: { Color: red } }
              Role: { Type: AWS::IAM::Role }
            Outputs:
              Machine: { Value: !GetAtt Machine.Arn }
            """);
        assertThat(stack.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "t.yaml:1:1: Hooks: Hooks are not run locally",
                        "t.yaml:3:3: Resources.Topic: AWS::IoT::Thing is not run locally;"
                                + " references to it have made-up values",
                        "t.yaml:4:3: Resources.Machine: AWS::StepFunctions::StateMachine is not run locally;"
                                + " references to it have made-up values",
                        "t.yaml:5:56: Resources.Queue.Properties.Color: the property Color of AWS::SQS::Queue"
                                + " is not run locally");
        assertThatThrownBy(stack::requireNoWarnings).isInstanceOf(TemplateException.class);
    }

    @Test
    void valuesThatOnlyAwsKnowsAreNamed() {
        Stack stack = resolve("""
            Resources:
              Secret:
                Type: AWS::SecretsManager::Secret
                Properties: { SecretString: '{{resolve:ssm:/a}}', Description: !ImportValue other }
            """);
        assertThat(stack.warnings())
                .extracting(Problem::reason)
                .containsExactly(
                        "no stack here exports other; Fn::ImportValue returns this name itself",
                        "the dynamic reference {{resolve:ssm:/a}} is not looked up locally; the value is this text"
                                + " itself");
    }

    @Test
    void languageExtensionsAreRefusedWithoutTheirTransform() {
        assertThatThrownBy(() -> value("!ToJsonString { a: 1 }")).hasMessageContaining("AWS::LanguageExtensions");
        assertThatThrownBy(() -> resolve("""
            Resources:
              Fn::ForEach::S: [X, [one, two], { "S${X}": { Type: AWS::SQS::Queue } }]
            """))
                .hasMessageContaining("Fn::ForEach in this form needs 'AWS::LanguageExtensions'");
    }

    @Test
    void blocksOfAddressesFollowEachOther() {
        assertThat(value("!Select [1, !Cidr [10.0.0.0/16, 3, 8]]")).isEqualTo("10.0.1.0/24");
    }

    @Test
    void languageExtensionsWorkWhenDeclared() {
        Stack stack = resolve("""
            Transform: [AWS::LanguageExtensions]
            Resources: { Queue: { Type: AWS::SQS::Queue } }
            Outputs:
              Json: { Value: !ToJsonString { a: [1, !Ref AWS::Region] } }
              Length: { Value: !Length [a, b] }
            """);
        assertThat(stack.outputValues())
                .containsEntry("Json", "{\"a\":[1,\"eu-west-1\"]}")
                .containsEntry("Length", "2");
    }

    @Test
    void includesAreInsertedAndTheirFunctionsResolved() throws Exception {
        Files.writeString(directory.resolve("part.yaml"), "QueueName: !Sub '${AWS::StackName}-included'\n");
        Stack stack = resolve("""
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  Fn::Transform: { Name: AWS::Include, Parameters: { Location: part.yaml } }
            """);
        assertThat(stack.data().queues().get(0).name()).isEqualTo("demo-included");
    }

    @Test
    void valuesOutsideTheBoundsOfAwsAreReportedWithTheirPosition() {
        refused(
                """
                Resources:
                  Stream:
                    Type: AWS::Kinesis::Stream
                    Properties:
                      RetentionPeriodHours: 12
                  Table:
                    Type: AWS::DynamoDB::Table
                """,
                Map.of(),
                "t.yaml:5:29: Resources.Stream.Properties.RetentionPeriodHours:"
                        + " must be a whole number from 24 to 8760, found 12",
                "t.yaml:6:3: Resources.Table.Properties: the property KeySchema is missing");
    }

    @Test
    void unknownSectionsAndAttributesAreRefused() {
        refused(
                QUEUE + "Resource: {}\n",
                Map.of(),
                "t.yaml:3:1: Resource: a template has no section Resource;" + " did you mean Resources?");
        refused(
                "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Propertys: {}\n",
                Map.of(),
                "t.yaml:4:5: Resources.Queue.Propertys: a resource has no attribute Propertys;"
                        + " did you mean Properties?");
    }
}
