package dev.ingestkit.local.template;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Puts the source that a template holds for a function into a directory of this process, as CloudFormation puts it into
 * an archive: one file named {@code index}, and the module for answers of custom resources where the source names it.
 * The same source has the same directory until the process ends, which removes it. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html">Code
 *     of a function</a>
 */
final class InlineCode {

    /** Holds the directory, which the first inline source of the process creates. */
    private static final class Directory {
        private static final Path PATH = create();

        private static Path create() {
            try {
                Path created = Files.createTempDirectory("ingest-inline-");
                created.toFile().deleteOnExit();
                return created;
            } catch (IOException unwritable) {
                throw new UncheckedIOException("cannot create a directory for inline code", unwritable);
            }
        }
    }

    private InlineCode() {}

    /** Returns the directory of a source; empty for a runtime that has no inline code. */
    static Optional<Path> directory(String runtime, String source) {
        if (runtime.startsWith("python")) {
            return Optional.of(write("index.py", source, "cfnresponse", "cfnresponse.py"));
        }
        return runtime.startsWith("nodejs")
                ? Optional.of(write("index.js", source, "cfn-response", "node_modules/cfn-response.js"))
                : Optional.empty();
    }

    private static Path write(String name, String source, String module, String moduleFile) {
        try {
            Path directory = Directory.PATH.resolve(hash(name, source));
            put(directory.resolve(name), source.getBytes(StandardCharsets.UTF_8));
            if (source.contains(module)) {
                Path file = directory.resolve(moduleFile);
                put(file, resource(String.valueOf(file.getFileName())));
            }
            return directory;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write inline code", unwritable);
        }
    }

    private static void put(Path file, byte[] content) throws IOException {
        Path directory = requireNonNull(file.getParent());
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(directory);
        // Files are deleted at the end in the reverse order: the file, its directory, the one above.
        for (Path each = Directory.PATH; !each.equals(directory); ) {
            each = each.resolve(each.relativize(directory).getName(0));
            each.toFile().deleteOnExit();
        }
        file.toFile().deleteOnExit();
        Files.write(file, content);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream content = InlineCode.class.getResourceAsStream("inline/" + name)) {
            return requireNonNull(content, name).readAllBytes();
        }
    }

    private static String hash(String name, String source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
