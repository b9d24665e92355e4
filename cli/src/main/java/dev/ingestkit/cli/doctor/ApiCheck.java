package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.Target;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Calls the API without credentials: it must answer 401, and the answer's date shows the target's clock. */
final class ApiCheck {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int CONNECT_MILLIS = 5_000;
    /** Long enough for the first start of a function in a container. */
    private static final int READ_MILLIS = 35_000;

    private final Target target;
    private final URI submitUrl;
    private final String stream;
    private final Clock clock;

    ApiCheck(Target target, URI submitUrl, String stream, Clock clock) {
        this.target = requireNonNull(target, "target");
        this.submitUrl = requireNonNull(submitUrl, "submitUrl");
        this.stream = requireNonNull(stream, "stream");
        this.clock = requireNonNull(clock, "clock");
    }

    List<Check> all() {
        String url = submitUrl + "/" + stream + "/doctor";
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            int status = connection.getResponseCode();
            long there = connection.getDate();
            connection.disconnect();
            return List.of(api(status), clock(there));
        } catch (IOException unreachable) {
            return List.of(
                    Check.fail(
                            "api",
                            "%s does not answer: %s".formatted(url, unreachable.getMessage()),
                            "check that the target runs and that the URL is right"),
                    Check.skip("clock", "the API does not answer"));
        }
    }

    private Check api(int status) {
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return Check.ok("api", "requires credentials");
        }
        String fix = target.kind() == Target.Kind.LOCALSTACK
                ? "the hooks are off (INGEST_HOOKS) or do not know this LocalStack: docker compose logs localstack"
                : "check the authorizer function";
        return Check.fail("api", "HTTP %d without credentials, expected 401".formatted(status), fix);
    }

    private Check clock(long there) {
        if (there == 0) {
            return Check.skip("clock", "the API's answer has no date");
        }
        Duration skew =
                Duration.between(Instant.ofEpochMilli(there), clock.instant()).abs();
        return skew.compareTo(SKEW) > 0
                ? Check.fail(
                        "clock",
                        "the target's clock and this one differ by %d s".formatted(skew.toSeconds()),
                        "set the clock: AWS refuses signatures older than five minutes")
                : Check.ok("clock", "within %d s of the target's clock".formatted(skew.toSeconds() + 1));
    }
}
