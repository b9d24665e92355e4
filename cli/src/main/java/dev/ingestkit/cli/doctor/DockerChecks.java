package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Looks at what LocalStack needs: the engine, and the images, which are large and are fetched once. */
final class DockerChecks {

    private static final String LOCALSTACK_IMAGE = "localstack/localstack:4.14.0";
    private static final String RUNTIME_IMAGE = "public.ecr.aws/lambda/java:";
    private static final String JAVA = "java";

    private final Commands commands;
    private final Map<String, String> variables;
    private final SortedSet<String> runtimes;

    /** @param runtimes what the template's functions run on: {@code java21} … */
    DockerChecks(Commands commands, Map<String, String> variables, SortedSet<String> runtimes) {
        this.commands = requireNonNull(commands, "commands");
        this.variables = Map.copyOf(variables);
        this.runtimes = new TreeSet<>(runtimes);
    }

    List<Check> all() {
        Optional<Commands.Said> version = commands.run(List.of("docker", "version", "--format", "{{.Server.Version}}"));
        if (version.isEmpty()) {
            return without("there is no docker, or it does not answer");
        }
        if (version.get().exit() != 0) {
            return without("docker is there, its daemon is not");
        }
        return List.of(Check.ok("docker", "Docker " + version.get().text()), compose(), images());
    }

    private static List<Check> without(String message) {
        return List.of(
                Check.warn("docker", message + "; only LocalStack needs it", "start Docker if you want LocalStack"),
                Check.skip("compose", "without Docker there is none"),
                Check.skip("images", "without Docker there are none"));
    }

    private Check compose() {
        return commands.run(List.of("docker", "compose", "version", "--short"))
                .filter(said -> said.exit() == 0)
                .map(said -> Check.ok("compose", "Docker Compose " + said.text()))
                .orElseGet(() -> Check.warn(
                        "compose",
                        "docker has no compose plugin; LocalStack is started by it",
                        "install Docker Compose 2 if you want LocalStack"));
    }

    private Check images() {
        List<String> missing = new ArrayList<>();
        for (String image : wanted()) {
            boolean there = commands.run(List.of("docker", "image", "inspect", "--format", "{{.Id}}", image))
                    .filter(said -> said.exit() == 0)
                    .isPresent();
            if (!there) {
                missing.add(image);
            }
        }
        return missing.isEmpty()
                ? Check.ok("images", String.join(", ", wanted()) + " are here")
                : Check.warn(
                        "images",
                        "not here yet: " + String.join(", ", missing) + "; LocalStack needs them",
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
