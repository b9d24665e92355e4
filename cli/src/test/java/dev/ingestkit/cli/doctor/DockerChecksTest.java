package dev.ingestkit.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class DockerChecksTest {

    private static List<Check> checks(Map<String, String> variables, Commands commands) {
        return new DockerChecks(commands, variables, new TreeSet<>(List.of("java21"))).all();
    }

    /** Returns a Docker daemon with the given images. */
    private static Commands engine(String... images) {
        return command -> {
            boolean inspects = command.contains("image");
            boolean there = !inspects || List.of(images).contains(command.get(command.size() - 1));
            return Optional.of(new Commands.Result(there ? 0 : 1, "20.10"));
        };
    }

    @Test
    void withoutDockerTheOtherChecksAreSkipped() {
        assertThat(checks(Map.of(), command -> Optional.empty()))
                .extracting(Check::status)
                .containsExactly(Check.Status.WARN, Check.Status.SKIP, Check.Status.SKIP);
    }

    @Test
    void aStoppedDaemonIsReported() {
        List<Check> checks = checks(Map.of(), command -> Optional.of(new Commands.Result(1, "")));

        assertThat(checks.get(0).message()).contains("daemon");
    }

    @Test
    void imagesOfLocalStackAndOfTheTemplatesRuntimesAreChecked() {
        List<Check> checks = checks(Map.of(), engine("localstack/localstack:4.14.0", "public.ecr.aws/lambda/java:21"));

        assertThat(checks).extracting(Check::status).containsOnly(Check.Status.OK);
    }

    @Test
    void eachMissingImageIsNamedWithItsPullCommand() {
        Check images = checks(Map.of("LOCALSTACK_IMAGE", "registry:5000/localstack:5"), engine())
                .get(2);

        assertThat(images.status()).isEqualTo(Check.Status.WARN);
        assertThat(images.fix())
                .isEqualTo("docker pull registry:5000/localstack:5 && docker pull public.ecr.aws/lambda/java:21");
    }
}
