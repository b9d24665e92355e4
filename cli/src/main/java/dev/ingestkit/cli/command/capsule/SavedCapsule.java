package dev.ingestkit.cli.command.capsule;

import dev.ingestkit.local.capsule.Capsule;
import java.nio.file.Path;

/** A saved capsule; the components are the JSON form. */
public record SavedCapsule(String name, String file, int records, String failure) {

    /** Returns the row of a capsule that was written to a file. */
    public static SavedCapsule of(Capsule capsule, Path file) {
        return new SavedCapsule(capsule.name(), file.toString(), capsule.size(), capsule.failure());
    }
}
