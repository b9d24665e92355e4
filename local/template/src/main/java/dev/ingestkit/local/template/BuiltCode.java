package dev.ingestkit.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the build's result where a template names the source of a function, as {@code sam init} writes it. */
final class BuiltCode {

    private static final List<String> BUILD_FILES =
            List.of("pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");

    /** The names of archives that a build makes beside the one to deploy. */
    private static final Pattern SIDE_PRODUCT =
            Pattern.compile("original-.*|.*-(sources|javadoc|tests|test-sources|plain)\\.jar");

    private BuiltCode() {}

    /**
     * Returns the code to run for a path of the template: the path itself, unless it is a source project.
     *
     * @param template the template's directory
     * @return for a project the output of {@code sam build}, else the largest archive that Maven or Gradle made
     */
    static Path of(Path template, String logicalId, Path code) {
        if (BUILD_FILES.stream().noneMatch(file -> Files.exists(code.resolve(file)))) {
            return code;
        }
        Path samBuild = template.resolve(".aws-sam").resolve("build").resolve(logicalId);
        if (Files.isDirectory(samBuild)) {
            return samBuild;
        }
        return Stream.of("target", "build/distributions", "build/libs")
                .flatMap(folder -> largest(code.resolve(folder)).stream())
                .findFirst()
                .orElse(code.resolve("target"));
    }

    private static Optional<Path> largest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(BuiltCode::isArchive).max(Comparator.comparing(BuiltCode::size));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + folder, unreadable);
        }
    }

    private static boolean isArchive(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(".jar") || name.endsWith(".zip"))
                && !SIDE_PRODUCT.matcher(name).matches();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
