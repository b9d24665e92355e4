package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.Text;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionRuntime;
import dev.ingestkit.local.template.Template;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Checks the template and the function archives that it names, which both runtimes run. */
final class TemplateChecks {

    private static final RuntimeNames NAMES = new RuntimeNames(
            LocalRuntimeConfig.DEFAULT_STACK, "us-east-1", "000000000000", URI.create("http://localhost:4566"));

    private final Path template;
    private final List<Path> shared;
    private @Nullable Stack stack;

    /**
     * @param template the file
     * @param shared modules that are part of every archive beside its own; they need not exist
     */
    TemplateChecks(Path template, List<Path> shared) {
        this.template = requireNonNull(template, "template");
        this.shared = List.copyOf(shared);
    }

    List<Check> all() {
        Check read = template();
        Stack resolved = stack;
        return List.of(
                read,
                resolved == null
                        ? Check.skip("functions", "the template names no archives")
                        : functions(resolved.compute().functions()));
    }

    /** Returns the runtimes of the template's functions; empty if the template cannot be read. */
    SortedSet<String> runtimes() {
        Stack resolved = stack;
        return resolved == null
                ? new TreeSet<>()
                : resolved.compute().functions().stream()
                        .map(function -> function.code().runtime())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private Check template() {
        if (!Files.isRegularFile(template)) {
            return Check.fail(
                    "template",
                    "template '%s' not found".formatted(template),
                    "set INGEST_HOME, or change to the directory that has one");
        }
        try {
            FunctionHost.Factory host = FunctionRuntime::new;
            Stack resolved = Template.read(template).on(host::obstacle).resolve(NAMES, Map.of());
            stack = resolved;
            return Check.ok(
                    "template",
                    "%s: %d resources, %s"
                            .formatted(
                                    template,
                                    resolved.resources().size(),
                                    run(resolved.warnings().size())));
        } catch (TemplateException wrong) {
            return Check.fail("template", String.valueOf(wrong.getMessage()), "correct the template");
        }
    }

    private static String run(int left) {
        return left == 0
                ? "the embedded runtime supports all of them"
                : "the embedded runtime does not support %d of their features (see ingest-cli up --strict)"
                        .formatted(left);
    }

    private Check functions(List<FunctionSpec> functions) {
        List<String> missing = functions.stream()
                .map(function -> function.code().path())
                .filter(code -> !Files.exists(code))
                .map(this::displayName)
                .toList();
        if (!missing.isEmpty()) {
            return Check.fail("functions", "not built: " + String.join(", ", missing), "build them: mvn package");
        }
        return functions.stream()
                .flatMap(function -> outdated(function.code().path()).stream())
                .findFirst()
                .map(reason -> Check.warn("functions", reason, "build them: mvn package"))
                .orElseGet(() -> Check.ok("functions", Text.counted(functions.size(), "archive") + ", up to date"));
    }

    /**
     * Returns the reason why an archive in a Maven module's {@code target} is older than the module's sources. The
     * archive's own time proves nothing, because a build that makes the same bytes keeps the file.
     */
    private Optional<String> outdated(Path archive) {
        Path target = archive.getParent();
        if (target == null || !target.endsWith("target") || target.getParent() == null || Files.isDirectory(archive)) {
            return Optional.empty();
        }
        List<Path> modules = new ArrayList<>(shared);
        modules.add(target.getParent());
        for (Path module : modules) {
            Optional<Path> source = newest(module.resolve("src/main/java"));
            Optional<Path> compiled = newest(module.resolve("target/classes"));
            if (source.isPresent()
                    && compiled.isPresent()
                    && modified(source.get()).compareTo(modified(compiled.get())) > 0) {
                return Optional.of("%s is not compiled yet".formatted(displayName(source.get())));
            }
        }
        return otherClass(archive, target.resolve("classes"))
                .map(name -> "%s contains an outdated %s".formatted(displayName(archive), name));
    }

    private static Optional<Path> newest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).max(Comparator.comparing(TemplateChecks::modified));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + folder, unreadable);
        }
    }

    private static Optional<String> otherClass(Path archive, Path classes) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path compiled = classes.resolve(entry.getName());
                if (entry.getName().endsWith(".class")
                        && Files.isRegularFile(compiled)
                        && checksum(compiled) != entry.getCrc()) {
                    return Optional.of(entry.getName());
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of("content: the archive cannot be read (%s)".formatted(unreadable.getMessage()));
        }
    }

    private static long checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(Files.readAllBytes(file));
        return checksum.getValue();
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private String displayName(Path file) {
        Path folder = template.toAbsolutePath().getParent();
        return folder != null && file.startsWith(folder)
                ? folder.relativize(file).toString()
                : file.toString();
    }
}
