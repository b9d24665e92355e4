package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * Sends requests that another program has composed to a target's services, signed with the target's credentials.
 * Thread-safe; each call blocks until the service answers.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">Signature Version 4</a>
 */
public final class SignedCalls {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Headers that the client sets itself. */
    private static final Set<String> OF_THE_CLIENT = Set.of("host", "content-length", "connection", "expect");

    /** The services' names in variables and properties, by their names in a credential scope. */
    private static final Map<String, String> NAMES = Map.of(
            "kinesis", "Kinesis",
            "dynamodb", "DynamoDb",
            "sqs", "Sqs",
            "secretsmanager", "SecretsManager",
            "lambda", "Lambda");

    private final Map<String, String> endpoints = new ConcurrentHashMap<>();
    private final Target target;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    // LocalStack forwards a request's upgrade to HTTP/2 to its Kinesis, which then answers {}.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    SignedCalls(Target target, AwsCredentialsProvider credentials) {
        this.target = requireNonNull(target, "target");
        this.credentials = requireNonNull(credentials, "credentials");
    }

    /** The answer of a service. */
    public record Answer(int status, HttpHeaders headers, byte[] body) {

        /** Returns the type of the body. */
        public String contentType() {
            return headers.firstValue("content-type").orElse("application/json");
        }
    }

    /**
     * Sends a request.
     *
     * @param service the service's name in a credential scope, {@code kinesis}
     * @param path the path with its query
     * @throws UncheckedIOException if the service does not answer
     */
    public Answer send(String service, String method, String path, Map<String, String> headers, byte[] body) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(URI.create(endpoint(service) + path));
        headers.forEach(request::putHeader);
        SignedRequest signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(request.build())
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, target.region()));
        HttpRequest.Builder call = HttpRequest.newBuilder(signed.request().getUri())
                .timeout(service.equals("lambda") ? AwsClients.INVOKE : ANSWER)
                .method(method, BodyPublishers.ofByteArray(body));
        signed.request().forEachHeader((name, values) -> {
            if (!OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> call.header(name, value));
            }
        });
        return answer(call.build());
    }

    private Answer answer(HttpRequest call) {
        try {
            HttpResponse<byte[]> answer = http.send(call, BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException("no answer from " + call.uri().getHost(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while waiting for " + call.uri().getHost(), interrupted);
        }
    }

    private String endpoint(String service) {
        return target.endpoint()
                .map(endpoint -> endpoint.toString().replaceFirst("/+$", ""))
                .orElseGet(() -> endpoints.computeIfAbsent(service, this::ofAws));
    }

    /** Returns a service's endpoint as the SDK's clients find it: by variables, profile, or partition. */
    private String ofAws(String service) {
        String name = NAMES.getOrDefault(service, service);
        String variable = name.replaceAll("(?<=[a-z])(?=[A-Z][a-z]{3})", "_").toUpperCase(Locale.ROOT);
        AwsClientEndpointProvider.Builder provider = AwsClientEndpointProvider.builder()
                .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_" + variable)
                .serviceEndpointOverrideSystemProperty("aws.endpointUrl" + name)
                .serviceProfileProperty(variable.toLowerCase(Locale.ROOT))
                .profileFile(ProfileFile::defaultProfileFile);
        provider.profileName(target.profile().orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow));
        return provider.resolveFromOverrides()
                .map(URI::toString)
                .orElseGet(() -> "https://" + ServiceMetadata.of(service).endpointFor(Region.of(target.region())))
                .replaceFirst("/+$", "");
    }
}
