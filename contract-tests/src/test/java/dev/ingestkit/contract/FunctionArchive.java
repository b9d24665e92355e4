package dev.ingestkit.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Builds a function's archive in Lambda's layout from one test class. */
final class FunctionArchive {

    private FunctionArchive() {}

    /** @param library a class of each jar that the function needs besides the JDK */
    static byte[] of(Class<?> function, Class<?>... library) throws IOException {
        String entry = function.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                InputStream code = function.getClassLoader().getResourceAsStream(entry)) {
            if (code == null) {
                throw new IOException("no class file " + entry);
            }
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
            jar.closeEntry();
            for (Class<?> type : library) {
                Path file = Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()));
                jar.putNextEntry(new JarEntry("lib/" + file.getFileName()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
