package dev.ingestkit.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The hashes of functions' code, SHA-256 in Base64, as in the {@code CodeSha256} of
 * <a href="https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html">FunctionConfiguration</a>: of an
 * archive, that of its bytes; of a folder, which no archive is made of here, that of its files' names and contents. Code
 * whose files have kept their sizes and times is not read again. Thread-safe.
 */
final class CodeHashes {

    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(String state, String hash) {}

    /** Returns the hash of an archive or a folder; empty if there is none at the path, or a build replaces it just now. */
    Optional<String> of(Path code) {
        if (!Files.exists(code)) {
            return Optional.empty();
        }
        try {
            List<Path> files = files(code);
            String state = state(files);
            Known before = known.get(code);
            if (before != null && before.state().equals(state)) {
                return Optional.of(before.hash());
            }
            String hash = hash(code, files);
            known.put(code, new Known(state, hash));
            return Optional.of(hash);
        } catch (NoSuchFileException replaced) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + code, unreadable);
        }
    }

    private static List<Path> files(Path code) throws IOException {
        try (Stream<Path> all = Files.walk(code)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static String state(List<Path> files) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files) {
            add(digest, "%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
        }
        return text(digest);
    }

    private static String hash(Path code, List<Path> files) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files) {
            if (!file.equals(code)) {
                add(digest, code.relativize(file).toString().replace('\\', '/') + " " + Files.size(file));
            }
            try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
        return text(digest);
    }

    private static void add(MessageDigest digest, String line) {
        digest.update((line + '\n').getBytes(StandardCharsets.UTF_8));
    }

    private static String text(MessageDigest digest) {
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
