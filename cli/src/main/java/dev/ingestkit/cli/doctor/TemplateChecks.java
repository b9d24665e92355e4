package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.Text;
import dev.ingestkit.local.LocalRuntimeConfig;
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

/** Looks at the template and the archives that it names: what is built there is what runs, here and in LocalStack. */
final class TemplateChecks {

    private static final RuntimeNames NAMES = new RuntimeNames(
            LocalRuntimeConfig.DEFAULT_STACK, "us-east-1", "000000000000", URI.create("http://localhost:4566"));

    private final Path template;
    private final List<Path> shared;
    private @Nullable Stack stack;

    /**
     * @param template the file
     * @param shared modules that go into every archive, beside its own; they need not be there
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
                        ? Check.skip("functions", "the template does not say which archives there are")
                        : functions(resolved.compute().functions()));
    }

    /** What the template's functions run on; empty when it cannot be read. */
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
                    "template", "there is no " + template, "set INGEST_HOME, or work in the folder that has one");
        }
        try {
            Stack resolved = Template.read(template).resolve(NAMES, Map.of());
            stack = resolved;
            return Check.ok(
                    "template",
                    "%s: %d resources, %s"
                            .formatted(
                                    template,
                                    resolved.resources().size(),
                                    run(resolved.warnings().size())));
        } catch (TemplateException wrong) {
            return Check.fail("template", String.valueOf(wrong.getMessage()), "mend it there");
        }
    }

    private static String run(int left) {
        return left == 0
                ? "all that they ask for is run by the embedded runtime"
                : "%d of what they ask for is not run by the embedded runtime (why? ingest-cli up --strict)"
                        .formatted(left);
    }

    private Check functions(List<FunctionSpec> functions) {
        List<String> missing = functions.stream()
                .map(function -> function.code().path())
                .filter(code -> !Files.exists(code))
                .map(this::shown)
                .toList();
        if (!missing.isEmpty()) {
            return Check.fail("functions", "not built: " + String.join(", ", missing), "build: mvn package");
        }
        return functions.stream()
                .flatMap(function -> outdated(function.code().path()).stream())
                .findFirst()
                .map(why -> Check.warn("functions", why, "build: mvn package"))
                .orElseGet(() -> Check.ok(
                        "functions", Text.counted(functions.size(), "archive") + ", of the sources as they are"));
    }

    /**
     * Why an archive in a Maven module's {@code target} is not that of the module's sources. Its own time tells nothing:
     * a build that makes the same bytes leaves it.
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
                return Optional.of("%s is not compiled yet".formatted(shown(source.get())));
            }
        }
        return otherClass(archive, target.resolve("classes"))
                .map(name -> "%s holds another %s than the one that is compiled".formatted(shown(archive), name));
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
            return Optional.of("content: it cannot be read (%s)".formatted(unreadable.getMessage()));
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

    private String shown(Path file) {
        Path folder = template.toAbsolutePath().getParent();
        return folder != null && file.startsWith(folder)
                ? folder.relativize(file).toString()
                : file.toString();
    }
}
