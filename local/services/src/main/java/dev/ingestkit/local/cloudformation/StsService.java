package dev.ingestkit.local.cloudformation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.QueryDialect;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * The STS actions that tools and profiles need: caller identity, and credentials for a role. Any credentials are valid
 * here, so every caller gets the same ones. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html">STS API Reference</a>
 */
public final class StsService implements AwsService {

    private static final QueryDialect DIALECT = QueryDialect.plain("https://sts.amazonaws.com/doc/2011-06-15/");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
    private static final long MIN_DURATION_SECONDS = 900;
    private static final long MAX_DURATION_SECONDS = 129_600;

    private final String accountId;
    private final Clock clock;

    /**
     * Creates the service.
     *
     * @param accountId twelve digits
     * @param clock determines when credentials expire
     */
    public StsService(String accountId, Clock clock) {
        this.accountId = requireNonNull(accountId, "accountId");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public Set<String> actions() {
        return Set.of("GetCallerIdentity", "GetAccessKeyInfo", "AssumeRole", "GetSessionToken");
    }

    @Override
    public QueryDialect queryDialect() {
        return DIALECT;
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        return ServiceResponse.completed(() -> response(request));
    }

    private JsonNode response(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        return switch (request.action()) {
            case "GetCallerIdentity" ->
                AwsOutput.object()
                        .put("UserId", "AKIAIOSFODNN7EXAMPLE")
                        .put("Account", accountId)
                        .put("Arn", new Arn("aws", "iam", "", accountId, "root").toString());
            case "GetAccessKeyInfo" -> {
                required(input, "AccessKeyId");
                yield AwsOutput.object().put("Account", accountId);
            }
            case "AssumeRole" -> assumeRole(input);
            case "GetSessionToken" -> credentials(input, 43_200);
            default -> throw ServiceException.notImplemented("sts", request.action());
        };
    }

    private JsonNode assumeRole(AwsInput input) {
        String role = required(input, "RoleArn");
        if (!ROLE.matcher(role).matches()) {
            throw ServiceException.badRequest("ValidationError", role + " is invalid");
        }
        String session = required(input, "RoleSessionName");
        ObjectNode response = credentials(input, 3_600);
        String name = Arn.nameIn(role);
        response.putObject("AssumedRoleUser")
                .put("AssumedRoleId", "AROAIOSFODNN7EXAMPLE:" + session)
                .put(
                        "Arn",
                        new Arn("aws", "sts", "", accountId, "assumed-role/%s/%s".formatted(name, session)).toString());
        return response;
    }

    private ObjectNode credentials(AwsInput input, long defaultSeconds) {
        long seconds = input.string("DurationSeconds").map(StsService::seconds).orElse(defaultSeconds);
        ObjectNode response = AwsOutput.object();
        ObjectNode credentials = response.putObject("Credentials")
                .put("AccessKeyId", "ASIAIOSFODNN7EXAMPLE")
                .put("SecretAccessKey", "local")
                .put("SessionToken", "local");
        credentials.set("Expiration", AwsOutput.timestamp(clock.instant().plusSeconds(seconds)));
        return response;
    }

    private static long seconds(String text) {
        if (!text.matches("\\d{1,9}")
                || Long.parseLong(text) < MIN_DURATION_SECONDS
                || Long.parseLong(text) > MAX_DURATION_SECONDS) {
            throw ServiceException.badRequest(
                    "ValidationError",
                    "DurationSeconds must be %d to %d: %s".formatted(MIN_DURATION_SECONDS, MAX_DURATION_SECONDS, text));
        }
        return Long.parseLong(text);
    }

    private static String required(AwsInput input, String name) {
        return input.string(name)
                .orElseThrow(() -> ServiceException.badRequest("ValidationError", name + " must be specified."));
    }
}
