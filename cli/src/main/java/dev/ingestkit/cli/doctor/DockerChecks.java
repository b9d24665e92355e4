package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks the requirements of LocalStack: Docker, and the images, which are large and are pulled once. */
final class DockerChecks {

    private static final String LOCALSTACK_IMAGE = "localstack/localstack:4.14.0";
    private static final String RUNTIME_IMAGE = "public.ecr.aws/lambda/java:";
    private static final String JAVA = "java";

    private final Commands commands;
    private final Map<String, String> variables;
    private final SortedSet<String> runtimes;

    /** @param runtimes the runtimes of the template's functions, such as {@code java21} */
    DockerChecks(Commands commands, Map<String, String> variables, SortedSet<String> runtimes) {
        this.commands = requireNonNull(commands, "commands");
        this.variables = Map.copyOf(variables);
        this.runtimes = new TreeSet<>(runtimes);
    }

    List<Check> all() {
        Optional<Commands.Result> version =
                commands.run(List.of("docker", "version", "--format", "{{.Server.Version}}"));
        if (version.isEmpty()) {
            return without("Docker is not installed or does not answer");
        }
        if (version.get().exit() != 0) {
            return without("Docker is installed, but its daemon does not run");
        }
        return List.of(Check.ok("docker", "Docker " + version.get().text()), compose(), images());
    }

    private static List<Check> without(String message) {
        return List.of(
                Check.warn("docker", message + " (only LocalStack needs it)", "start Docker to use LocalStack"),
                Check.skip("compose", "requires Docker"),
                Check.skip("images", "requires Docker"));
    }

    private Check compose() {
        return commands.run(List.of("docker", "compose", "version", "--short"))
                .filter(result -> result.exit() == 0)
                .map(result -> Check.ok("compose", "Docker Compose " + result.text()))
                .orElseGet(() -> Check.warn(
                        "compose",
                        "Docker has no compose plugin, which starts LocalStack",
                        "install Docker Compose 2 to use LocalStack"));
    }

    private Check images() {
        List<String> missing = new ArrayList<>();
        for (String image : wanted()) {
            boolean there = commands.run(List.of("docker", "image", "inspect", "--format", "{{.Id}}", image))
                    .filter(result -> result.exit() == 0)
                    .isPresent();
            if (!there) {
                missing.add(image);
            }
        }
        return missing.isEmpty()
                ? Check.ok("images", "available: " + String.join(", ", wanted()))
                : Check.warn(
                        "images",
                        "missing, needed by LocalStack: " + String.join(", ", missing),
                        "docker pull " + String.join(" && docker pull ", missing));
    }

    private List<String> wanted() {
        List<String> images = new ArrayList<>();
        images.add(variables.getOrDefault("LOCALSTACK_IMAGE", LOCALSTACK_IMAGE));
        runtimes.stream()
                .filter(runtime -> runtime.startsWith(JAVA))
                .map(runtime -> RUNTIME_IMAGE + runtime.substring(JAVA.length()))
                .forEach(images::add);
        return images;
    }
}
