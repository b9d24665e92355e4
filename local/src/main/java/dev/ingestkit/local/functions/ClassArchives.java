package dev.ingestkit.local.functions;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives of class data: what one JVM of a function has loaded, the next one maps instead of reading and checking it
 * (JEP 350). The first JVM without an archive writes one when the runtime closes. An archive belongs to one JDK and one
 * content of the code; the JVM itself refuses one that does not fit, and starts without. Thread-safe.
 */
final class ClassArchives {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchives.class);

    private final @Nullable Path folder;
    private final Set<Path> writing = ConcurrentHashMap.newKeySet();

    /** What one JVM does with its archive. */
    interface Use {

        /** Without an archive. */
        Use NONE = List::of;

        /** What the JVM is started with. */
        List<String> flags();

        /** Whether the JVM writes an archive if it is let end by itself. */
        default boolean writes() {
            return false;
        }

        /** The JVM has ended. */
        default void ended(boolean byItself) {}
    }

    /**
     * @param folder where they are kept; it is made if need be, and one that cannot be written is done without
     */
    ClassArchives(Optional<Path> folder) {
        this.folder = folder.filter(ClassArchives::isUsable).orElse(null);
    }

    private static boolean isUsable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException unusable) {
            LOG.debug("No archives of class data in {}", folder, unusable);
            return false;
        }
    }

    /** Where jars have to lie whose classes are archived: an archive knows its class path by place, time and size. */
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /**
     * Decides for one JVM. A debugger's JVM and one with options of the template's own go without: both may be at odds
     * with an archive.
     *
     * @param java the program that is started
     */
    Use use(FunctionConfig config, TaskRoot code, Path java) throws IOException {
        if (folder == null || config.debugged() || config.environment().containsKey("JAVA_TOOL_OPTIONS")) {
            return Use.NONE;
        }
        Path archive = folder.resolve(config.name() + "-" + key(code, java) + ".jsa");
        if (Files.exists(archive)) {
            return () -> flags("-XX:SharedArchiveFile=" + archive);
        }
        return writing.add(archive) ? new Writing(config.name(), archive) : Use.NONE;
    }

    private static List<String> flags(String flag) {
        // What the JVM has to say of an archive is nothing that a function's log should show.
        return List.of(flag, "-Xlog:cds*=off");
    }

    private static String key(TaskRoot code, Path java) throws IOException {
        MessageDigest digest = TaskRoots.sha256();
        Path real = java.toRealPath();
        for (String part : List.of(
                code.contentHash(),
                real.toString(),
                Files.getLastModifiedTime(real).toString())) {
            TaskRoots.add(digest, part);
        }
        return TaskRoots.hex(digest);
    }

    /** The first JVM of a code. It writes beside the archive's place, for one that is killed leaves half of it. */
    private final class Writing implements Use {

        private final String function;
        private final Path archive;
        private final Path fresh;

        Writing(String function, Path archive) {
            this.function = function;
            this.archive = archive;
            this.fresh = archive.resolveSibling(
                    archive.getFileName() + "." + ProcessHandle.current().pid());
        }

        @Override
        public List<String> flags() {
            return ClassArchives.flags("-XX:ArchiveClassesAtExit=" + fresh);
        }

        @Override
        public boolean writes() {
            return true;
        }

        @Override
        public void ended(boolean byItself) {
            try {
                if (byItself && Files.exists(fresh)) {
                    deleteOlder();
                    Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.deleteIfExists(fresh);
            } catch (IOException failed) {
                LOG.debug("The archive {} is not kept", archive, failed);
            }
            writing.remove(archive);
        }

        /** A function's code changes often while it is worked on: one archive of it is enough. */
        private void deleteOlder() throws IOException {
            Pattern same = Pattern.compile(Pattern.quote(function) + "-[0-9a-f]{16}\\.jsa");
            try (DirectoryStream<Path> archives = Files.newDirectoryStream(
                    archive.resolveSibling(""),
                    path -> same.matcher(path.getFileName().toString()).matches())) {
                for (Path old : archives) {
                    Files.delete(old);
                }
            }
        }
    }
}
