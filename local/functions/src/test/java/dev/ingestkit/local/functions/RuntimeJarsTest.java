package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ingestkit.local.bootstrap.Bootstrap;
import dev.ingestkit.local.functions.code.RuntimeJars;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuntimeJarsTest {

    private static final String PACKAGE = "dev/ingestkit/local/bootstrap/";

    @TempDir
    private Path folder;

    private static List<String> classes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).sorted().toList();
        }
    }

    /** Packs a module that is on the class path as a directory or, in a build that packages, as a jar. */
    private static void pack(Path module, ZipOutputStream zip) throws IOException {
        if (Files.isDirectory(module)) {
            packFiles(module, zip);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(module)) {
            packFiles(jar.getPath("/"), zip);
        }
    }

    private static void packFiles(Path root, ZipOutputStream zip) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!name.startsWith("META-INF")) {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(file, zip);
                }
            }
        }
    }

    @Test
    void bootstrapHoldsItsOwnPackageAndNothingElse() throws IOException {
        RuntimeJars jars = RuntimeJars.extract(folder.resolve("jars"));
        assertThat(classes(jars.bootstrap()))
                .contains(PACKAGE + "Bootstrap.class", PACKAGE + "ExecutionEnvironment$Group.class")
                .allSatisfy(name -> assertThat(name).startsWith(PACKAGE));
        assertThat(jars.environment())
                .hasSize(4)
                .allSatisfy(jar -> assertThat(jar).exists());
    }

    @Test
    void jarsAreFoundInOneJarWithEverything() throws Exception {
        Path packed = folder.resolve("everything.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packed))) {
            pack(FixtureJar.location(RuntimeJars.class), zip);
            pack(FixtureJar.location(Bootstrap.class), zip);
        }
        Path target = folder.resolve("extracted");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {packed.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Method extract =
                    Class.forName(RuntimeJars.class.getName(), true, loader).getDeclaredMethod("extract", Path.class);
            extract.setAccessible(true);
            extract.invoke(null, target);
        }
        RuntimeJars direct = RuntimeJars.extract(folder.resolve("direct"));
        assertThat(classes(target.resolve("bootstrap.jar"))).isEqualTo(classes(direct.bootstrap()));
        for (Path jar : direct.environment()) {
            assertThat(target.resolve(jar.getFileName())).exists();
        }
    }

    @Test
    void functionsExitWhenTheirParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            long child = Long.parseLong(output.readLine());
            assertThat(ProcessHandle.of(child)).isPresent();
            parent.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive))
                            .isEmpty());
        } finally {
            parent.destroyForcibly();
        }
    }
}
