package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.capsule.Capsule;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The capsules of a project, one file each, readable by their owner only. Not thread-safe. */
public final class CapsuleFiles {

    private static final String FOLDER = ".ingest/capsules";
    private static final String EXTENSION = ".json";

    private final Path folder;

    /** Creates access to the capsules below a working directory. */
    public CapsuleFiles(Path workingDirectory) {
        this.folder = requireNonNull(workingDirectory, "workingDirectory").resolve(FOLDER);
    }

    /** Writes a capsule over one of the same name, and returns its file. */
    public Path save(Capsule capsule) {
        if (!capsule.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new CliException(
                            "USAGE", ExitCode.USAGE, "'%s' is not a valid capsule name".formatted(capsule.name()))
                    .hint("use at most 100 letters, digits, '.', '_' and '-', beginning with a letter or digit");
        }
        Path file = folder.resolve(capsule.name() + EXTENSION);
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "capsule-", ".tmp", ownerOnly());
            Files.write(draft, capsule.json());
            Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException failed) {
            throw failure("FILE_UNWRITABLE", "cannot write '%s'".formatted(file), failed);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Returns all capsules by name. */
    public List<Capsule> all() {
        List<Capsule> all = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(EXTENSION))
                    .sorted()
                    .toList()) {
                all.add(read(file));
            }
        } catch (IOException failed) {
            throw failure("FILE_UNREADABLE", "cannot list '%s'".formatted(folder), failed);
        }
        return all;
    }

    /** Returns a capsule by its name or its file. */
    public Capsule get(String nameOrFile) {
        Path saved = folder.resolve(nameOrFile + EXTENSION);
        Path file = Files.exists(saved) ? saved : Path.of(nameOrFile);
        if (!Files.exists(file)) {
            throw new CliException("NO_CAPSULE", ExitCode.FAILED, "capsule '%s' not found".formatted(nameOrFile))
                    .hint("list them: ingest-cli capsule list");
        }
        return read(file);
    }

    private static Capsule read(Path file) {
        try {
            return Capsule.parse(Files.readAllBytes(file));
        } catch (IOException failed) {
            throw failure("FILE_UNREADABLE", "cannot read '%s'".formatted(file), failed);
        }
    }

    private static CliException failure(String code, String what, IOException failed) {
        return new CliException(code, ExitCode.ENVIRONMENT, what)
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
    }
}
