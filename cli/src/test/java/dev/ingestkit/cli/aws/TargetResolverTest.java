package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetResolverTest {

    private static final URI ELSEWHERE = URI.create("http://localhost:5001");

    @TempDir
    Path folder;

    private Target resolve(Map<String, String> variables, TargetRequest request, Target.Kind... answering) {
        EndpointProbe probe = endpoint -> Optional.ofNullable(answering.length == 0 ? null : answering[0]);
        return new TargetResolver(variables, new RunningRuntimes(folder), probe).resolve(request);
    }

    private static TargetRequest at(URI endpoint) {
        return new TargetRequest(Optional.of(endpoint), Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    private static TargetRequest profile(String name) {
        return new TargetRequest(Optional.empty(), Optional.of(name), false, Optional.empty(), Optional.empty());
    }

    private void up(int port, String stack) {
        new RunningRuntimes(folder)
                .add(new RunningRuntimes.Entry(
                        URI.create("http://localhost:" + port),
                        ProcessHandle.current().pid(),
                        stack,
                        "eu-west-1",
                        "2026-03-01T12:00:00Z",
                        Map.of("StreamName", "events")));
    }

    @Test
    void anOptionPrecedesTheEnvironmentAndRunningTargets() {
        up(4570, "ingest-kit");

        Target target = resolve(Map.of("AWS_ENDPOINT_URL", "http://localhost:5002"), at(ELSEWHERE));

        assertThat(target.endpoint()).contains(ELSEWHERE);
        assertThat(target.origin()).isEqualTo("--endpoint-url");
        assertThat(target.kind()).isEqualTo(Target.Kind.OTHER);
    }

    @Test
    void theToolsVariablePrecedesAwsVariable() {
        Target target = resolve(
                Map.of("AWS_ENDPOINT_URL", "http://localhost:5002", "INGEST_ENDPOINT_URL", ELSEWHERE.toString()),
                TargetRequest.none());

        assertThat(target.endpoint()).contains(ELSEWHERE);
        assertThat(target.origin()).isEqualTo("INGEST_ENDPOINT_URL");
    }

    @Test
    void awsIsRejectedWhenAVariableSetsAnotherEndpoint() {
        for (String name : List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB")) {
            Map<String, String> variables = Map.of(name, "http://localhost:5002");

            assertThatThrownBy(() -> resolve(variables, profile("prod")))
                    .isInstanceOfSatisfying(CliException.class, refused -> {
                        assertThat(refused.text())
                                .isEqualTo("--profile chooses AWS, but " + name + " is set to 'http://localhost:5002'");
                        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
                    });
        }
    }

    @Test
    void aRunningRuntimeIsFoundWithItsOutputs() {
        up(4570, "mine");

        Target target = resolve(Map.of(), TargetRequest.none());

        assertThat(target.kind()).isEqualTo(Target.Kind.EMBEDDED);
        assertThat(target.stack()).isEqualTo("mine");
        assertThat(target.region()).isEqualTo("eu-west-1");
        assertThat(target.knownOutputs()).containsEntry("StreamName", "events");
    }

    @Test
    void aProfileInTheShellDoesNotChooseAws() {
        up(4570, "ingest-kit");

        assertThat(resolve(Map.of("AWS_PROFILE", "production"), TargetRequest.none())
                        .kind())
                .isEqualTo(Target.Kind.EMBEDDED);
        assertThat(resolve(Map.of(), profile("production")).kind()).isEqualTo(Target.Kind.AWS);
    }

    @Test
    void theStackChoosesAmongSeveralRuntimes() {
        up(4570, "one");
        up(4571, "two");

        assertThat(resolve(Map.of("INGEST_STACK", "two"), TargetRequest.none()).endpoint())
                .contains(URI.create("http://localhost:4571"));
        assertThatThrownBy(() -> resolve(Map.of(), TargetRequest.none()))
                .isInstanceOfSatisfying(
                        CliException.class,
                        several -> assertThat(several.code()).isEqualTo("SEVERAL_RUNTIMES"));
    }

    @Test
    void localStackIsProbedLast() {
        Target target = resolve(Map.of(), TargetRequest.none(), Target.Kind.LOCALSTACK);

        assertThat(target.kind()).isEqualTo(Target.Kind.LOCALSTACK);
        assertThat(target.origin()).isEqualTo("running LocalStack");
    }

    @Test
    void localStackIsProbedOnThePortOfDockerCompose() {
        assertThat(resolve(Map.of("INGEST_PORT", "4600"), TargetRequest.none(), Target.Kind.LOCALSTACK)
                        .endpoint())
                .contains(URI.create("http://localhost:4600"));
    }

    @Test
    void localStackIsFoundBesideARuntimeOnRequest() {
        up(4570, "ingest-kit");

        Target target = resolve(Map.of("INGEST_TARGET", "localstack"), TargetRequest.none(), Target.Kind.LOCALSTACK);

        assertThat(target.kind()).isEqualTo(Target.Kind.LOCALSTACK);
    }

    @Test
    void anEndpointThatIsNotLocalStackIsRejected() {
        EndpointProbe nothing = endpoint -> Optional.empty();
        TargetResolver resolver = new TargetResolver(Map.of(), new RunningRuntimes(folder), nothing);

        assertThatThrownBy(() -> resolver.localStack(at(ELSEWHERE)))
                .isInstanceOfSatisfying(
                        CliException.class,
                        refused -> assertThat(refused.hints()).anyMatch(hint -> hint.contains("docker compose")));
    }

    @Test
    void noTargetIsAnEnvironmentError() {
        assertThatThrownBy(() -> resolve(Map.of(), TargetRequest.none()))
                .isInstanceOfSatisfying(
                        CliException.class,
                        nothing -> assertThat(nothing.exit()).isEqualTo(ExitCode.ENVIRONMENT));
    }
}
