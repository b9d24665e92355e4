package dev.ingestkit.local.cloudformation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.cloudformation.RoleSessions.Caller;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.QueryDialect;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The STS actions that tools and profiles need: caller identity, and credentials for a role. Any credentials are valid
 * here; a call with those of a role has the role's session as its caller. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html">STS API Reference</a>
 */
public final class StsService implements AwsService {

    private static final QueryDialect DIALECT = QueryDialect.plain("https://sts.amazonaws.com/doc/2011-06-15/");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=(\\w+)/");
    private static final long MIN_DURATION_SECONDS = 900;
    private static final long MAX_DURATION_SECONDS = 129_600;

    private final String accountId;
    private final Clock clock;
    private final RoleSessions sessions = new RoleSessions();

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
        Caller root =
                new Caller("AKIAIOSFODNN7EXAMPLE", accountId, new Arn("aws", "iam", "", accountId, "root").toString());
        return switch (request.action()) {
            case "GetCallerIdentity" -> {
                Caller caller = accessKey(request).flatMap(sessions::caller).orElse(root);
                yield AwsOutput.object()
                        .put("UserId", caller.userId())
                        .put("Account", caller.account())
                        .put("Arn", caller.arn());
            }
            case "GetAccessKeyInfo" ->
                AwsOutput.object()
                        .put(
                                "Account",
                                sessions.caller(required(input, "AccessKeyId"))
                                        .orElse(root)
                                        .account());
            case "AssumeRole" -> assumeRole(input);
            case "GetSessionToken" -> credentials(input, 43_200, sessions.accessKey());
            default -> throw ServiceException.notImplemented("sts", request.action());
        };
    }

    private JsonNode assumeRole(AwsInput input) {
        String role = required(input, "RoleArn");
        if (!ROLE.matcher(role).matches()) {
            throw ServiceException.badRequest("ValidationError", role + " is invalid");
        }
        String session = required(input, "RoleSessionName");
        Arn arn = Arn.parse(role);
        String resource = "assumed-role/%s/%s".formatted(Arn.nameIn(role), session);
        Caller caller = new Caller(
                "AROAIOSFODNN7EXAMPLE:" + session,
                arn.account(),
                new Arn(arn.partition(), "sts", "", arn.account(), resource).toString());
        ObjectNode response = credentials(input, 3_600, sessions.start(caller));
        response.putObject("AssumedRoleUser")
                .put("AssumedRoleId", caller.userId())
                .put("Arn", caller.arn());
        return response;
    }

    private ObjectNode credentials(AwsInput input, long defaultSeconds, String accessKey) {
        long seconds = input.string("DurationSeconds").map(StsService::seconds).orElse(defaultSeconds);
        ObjectNode response = AwsOutput.object();
        ObjectNode credentials = response.putObject("Credentials")
                .put("AccessKeyId", accessKey)
                .put("SecretAccessKey", "local")
                .put("SessionToken", "local");
        credentials.set("Expiration", AwsOutput.timestamp(clock.instant().plusSeconds(seconds)));
        return response;
    }

    /** Returns the access key that signed a request. */
    private static Optional<String> accessKey(ServiceRequest request) {
        return request.http()
                .header("authorization")
                .map(ACCESS_KEY::matcher)
                .filter(Matcher::find)
                .map(key -> key.group(1));
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
