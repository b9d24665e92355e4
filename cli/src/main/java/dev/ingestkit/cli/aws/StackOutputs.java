package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * The outputs of a stack: stream, table, queue, secret, submit URL. URLs that only AWS serves are rewritten to the
 * target's endpoint, because other endpoints return them unchanged. Immutable.
 */
public final class StackOutputs {

    /** An API's address: its id, then the path with its stage. */
    private static final Pattern API = Pattern.compile("https?://([a-z0-9-]+)\\.execute-api\\.[^/]+(/.*)");

    private static final Pattern QUEUE_PATH = Pattern.compile("(?:/queue/[^/]+)?/(\\d{12})/([^/]+)");

    private final Target target;
    private final Map<String, String> values;

    private StackOutputs(Target target, Map<String, String> values) {
        this.target = target;
        this.values = new TreeMap<>(values);
    }

    /**
     * Reads the outputs of the target's stack.
     *
     * @throws CliException with {@code ENVIRONMENT} when the stack does not exist or the endpoint does not answer
     */
    public static StackOutputs of(AwsClients clients) {
        Target target = clients.target();
        if (!target.knownOutputs().isEmpty()) {
            return new StackOutputs(target, target.knownOutputs());
        }
        Map<String, String> outputs = new TreeMap<>();
        for (Output output : stack(clients.cloudFormation(), target).outputs()) {
            outputs.put(output.outputKey(), output.outputValue());
        }
        return new StackOutputs(target, outputs);
    }

    private static Stack stack(CloudFormationClient cloudFormation, Target target) {
        try {
            return cloudFormation.describeStacks(request -> request.stackName(target.stack())).stacks().stream()
                    .findFirst()
                    .orElseThrow(() -> new CliException(
                                    "UNREACHABLE", ExitCode.ENVIRONMENT, "no stack found at " + target.describe())
                            .because("the response to DescribeStacks is empty", null)
                            .hint("check the endpoint: ingest-cli doctor"));
        } catch (CloudFormationException refused) {
            String code = refused.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(refused.awsErrorDetails().errorCode());
            if (!code.equals("ValidationError")) {
                throw SdkFailures.of("STACK", "the stack at " + target.describe(), refused);
            }
            throw new CliException("STACK_NOT_FOUND", ExitCode.ENVIRONMENT, "stack not found at " + target.describe())
                    .because(refused.awsErrorDetails().errorMessage(), refused)
                    .hint("name it: --stack NAME")
                    .hint("or start one: ingest-cli up");
        } catch (SdkException unreachable) {
            throw SdkFailures.of("STACK", "the stack at " + target.describe(), unreachable);
        }
    }

    /** Returns all outputs by name. */
    public Map<String, String> all() {
        return Map.copyOf(values);
    }

    /** Returns the URL for events, up to and including {@code /submit}. */
    public URI submitUrl() {
        String url = required("SubmitUrl");
        Matcher api = API.matcher(url);
        Optional<URI> endpoint = target.endpoint();
        if (endpoint.isPresent() && api.matches()) {
            return endpoint.get().resolve("/_aws/execute-api/" + api.group(1) + api.group(2));
        }
        return URI.create(url);
    }

    /** Returns the name of the stream. */
    public String streamName() {
        return required("StreamName");
    }

    /** Returns the ARN of the stream. */
    public String streamArn() {
        return required("StreamArn");
    }

    /** Returns the name of the table. */
    public String tableName() {
        return required("TableName");
    }

    /** Returns the ARN of the secret with the API's credentials. */
    public String secretArn() {
        return required("SecretArn");
    }

    /** Returns the name of the writer function. */
    public String writerFunction() {
        return required("WriterFunctionName");
    }

    /** Returns the ARN of the dead letter queue. */
    public String queueArn() {
        return required("DeadLetterQueueArn");
    }

    /** Returns the URL of the dead letter queue, at the target's endpoint. */
    public String queueUrl() {
        String url = required("DeadLetterQueueUrl");
        Optional<URI> endpoint = target.endpoint();
        Matcher path = QUEUE_PATH.matcher(requireNonNull(URI.create(url).getPath()));
        if (endpoint.isPresent() && path.matches()) {
            return endpoint.get()
                    .resolve("/queue/" + target.region() + "/" + path.group(1) + "/" + path.group(2))
                    .toString();
        }
        return url;
    }

    private String required(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new CliException(
                            "OUTPUT_MISSING",
                            ExitCode.ENVIRONMENT,
                            "stack '%s' has no output '%s'".formatted(target.stack(), name))
                    .because("its outputs are " + new TreeSet<>(values.keySet()), null)
                    .hint("add the output to the template: the tool finds a stack's resources by its outputs");
        }
        return value;
    }
}
