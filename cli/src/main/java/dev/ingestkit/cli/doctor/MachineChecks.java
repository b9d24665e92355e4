package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.LocalRuntimeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at what an embedded runtime needs on this machine. */
public final class MachineChecks {

    private static final int OLDEST_JAVA = 17;
    private static final int DOCKER_SECONDS = 5;

    private final Path home;
    private final Path dynamoDb;
    private final Path state;

    /**
     * @param home the kit's folder
     * @param dynamoDb the folder of DynamoDB Local's jars
     * @param state where runtimes leave their files
     */
    public MachineChecks(Path home, Path dynamoDb, Path state) {
        this.home = requireNonNull(home, "home");
        this.dynamoDb = requireNonNull(dynamoDb, "dynamoDb");
        this.state = requireNonNull(state, "state");
    }

    /** All of them. */
    public List<Check> all() {
        return List.of(java(), template(), functions(), dynamoDb(), state(), port(), docker());
    }

    private static Check java() {
        String version = System.getProperty("java.version", "?");
        int feature = Runtime.version().feature();
        return feature >= OLDEST_JAVA
                ? Check.ok("java", "Java " + version)
                : Check.fail("java", "Java " + version + " is too old", "install a JDK 17 or newer");
    }

    private Check template() {
        Path template = home.resolve("template.yaml");
        return Files.isRegularFile(template)
                ? Check.ok("template", template.toString())
                : Check.fail("template", "there is no " + template, "set INGEST_HOME, or name it: up --template FILE");
    }

    private Check functions() {
        Path archives = home.resolve("handlers/target");
        for (String name : List.of("authorizer.jar", "writer.jar")) {
            if (!Files.isRegularFile(archives.resolve(name))) {
                return Check.fail("functions", "there is no " + archives.resolve(name), "build it: mvn package");
            }
        }
        Optional<Path> newer = newerThan(modified(archives.resolve("writer.jar")), home.resolve("handlers/src/main"));
        return newer.map(source -> Check.warn(
                        "functions", "the archives are older than " + home.relativize(source), "build: mvn package"))
                .orElseGet(() -> Check.ok("functions", "both archives are there, newer than their sources"));
    }

    private static Optional<Path> newerThan(FileTime time, Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> modified(file).compareTo(time) > 0)
                    .max(Comparator.comparing(MachineChecks::modified));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + folder, unreadable);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private Check dynamoDb() {
        return Files.isDirectory(dynamoDb)
                ? Check.ok("dynamodb-local", dynamoDb.toString())
                : Check.fail(
                        "dynamodb-local",
                        "DynamoDB Local is not in " + dynamoDb,
                        "fetch it: mvn -f local/dynamodb-local/pom.xml generate-resources");
    }

    private Check state() {
        Path existing = state;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.isWritable(existing)
                ? Check.ok("state", state.toString())
                : Check.warn(
                        "state",
                        state + " cannot be written: other commands will not find a runtime by themselves",
                        "set INGEST_STATE_DIR to a folder of yours");
    }

    private static Check port() {
        int port = LocalRuntimeConfig.DEFAULT_PORT;
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Check.ok("port", "port %d is free".formatted(probe.getLocalPort()));
        } catch (IOException taken) {
            return Check.warn(
                    "port",
                    "port %d is in use: a runtime that is up, LocalStack, or another program".formatted(port),
                    "see which: ingest-cli status; or take another: up --port 0");
        }
    }

    private static Check docker() {
        try {
            Process process = new ProcessBuilder("docker", "version", "--format", "{{.Server.Version}}")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(DOCKER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return noDocker("docker does not answer");
            }
            String version =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.exitValue() == 0
                    ? Check.ok("docker", "Docker " + version.strip())
                    : noDocker("docker is there, its daemon is not");
        } catch (IOException absent) {
            return noDocker("there is no docker");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Check.skip("docker", "interrupted");
        }
    }

    private static Check noDocker(String message) {
        return Check.warn("docker", message + "; only LocalStack needs it", "start Docker if you want LocalStack");
    }

    /** Where DynamoDB Local's jars lie. */
    public static Path dynamoDbHome(Path home, Map<String, String> variables) {
        String set = variables.getOrDefault("INGEST_DYNAMODB_HOME", "");
        return set.isEmpty() ? home.resolve("local/dynamodb-local/target/lib") : Path.of(set);
    }
}
