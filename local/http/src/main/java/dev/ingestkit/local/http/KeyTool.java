package dev.ingestkit.local.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Makes a key and its certificate by the JDK's keytool, since the JDK has no interface for that. */
final class KeyTool {

    static final String ALIAS = "ingest";

    /** Not a secret: the file's permissions protect the key, which serves loopback names only. */
    static final String PASSWORD = "loopback";

    private static final String NAMES = "san=dns:localhost,dns:*.localhost,dns:localhost.localstack.cloud,"
            + "dns:*.localhost.localstack.cloud,dns:host.docker.internal,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1";

    private KeyTool() {}

    /** Writes a PKCS #12 store, whole or not at all; a store in this place is replaced. */
    static void generate(Path keys) throws IOException, InterruptedException {
        Path directory = keys.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("no directory for " + keys);
        }
        Files.createDirectories(directory);
        // A directory of its own, since keytool creates the file and only the owner may enter a temporary directory.
        Path folder = Files.createTempDirectory(directory, "new");
        try {
            Path made = folder.resolve("keys.p12");
            run(command(made));
            Files.move(made, keys, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            ownerOnly(keys);
        } finally {
            Files.deleteIfExists(folder.resolve("keys.p12"));
            Files.delete(folder);
        }
    }

    private static List<String> command(Path keys) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=localhost, O=Ingest Kit",
                "-ext",
                NAMES,
                "-ext",
                "bc:critical=ca:true",
                "-ext",
                "ku:critical=digitalSignature,keyCertSign",
                "-ext",
                "eku=serverAuth",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        keytool.getOutputStream().close();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + output.strip());
        }
    }

    private static void ownerOnly(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        }
    }
}
