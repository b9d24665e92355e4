package dev.ingestkit.local.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs fixture handlers into an archive in Lambda's layout. */
final class FixtureJar {

    private static final String PACKAGE = "dev/ingestkit/local/functions/fixture/";

    private FixtureJar() {}

    /** All fixtures at the root, the jars of the given classes in lib/. */
    static Path write(Path jar, Class<?>... libraries) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Path file : fixtureClasses()) {
                zip.putNextEntry(new ZipEntry(PACKAGE + file.getFileName()));
                Files.copy(file, zip);
            }
            List<Path> written = new ArrayList<>();
            for (Class<?> library : libraries) {
                Path path = location(library);
                if (!written.contains(path)) {
                    written.add(path);
                    zip.putNextEntry(new ZipEntry("lib/" + path.getFileName()));
                    Files.copy(path, zip);
                }
            }
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + jar, failed);
        }
    }

    static List<Path> fixtureClasses() throws IOException {
        try (Stream<Path> files = Files.list(location(FixtureJar.class).resolve(PACKAGE))) {
            return files.sorted().toList();
        }
    }

    static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the class path has an unusable entry", impossible);
        }
    }
}
