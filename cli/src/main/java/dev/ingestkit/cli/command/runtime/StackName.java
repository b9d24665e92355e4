package dev.ingestkit.cli.command.runtime;

import dev.ingestkit.local.LocalRuntimeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Chooses the name of a stack for which the user gave none. */
final class StackName {

    private static final String CDK_TEMPLATE = ".template.json";
    private static final String SAM_BUILD = ".aws-sam";

    /** CloudFormation's limit is 128 characters; names of resources are made of the stack's name, and are shorter. */
    private static final int MAX_LENGTH = 40;

    private StackName() {}

    /**
     * Returns the name for a template: the stack's own name for one that {@code cdk synth} wrote, otherwise the name of the
     * project's directory. The kit's own stack, applications of the CDK, and directories without a letter have the default.
     *
     * @param template the template's file, or a directory of the CDK
     * @param home the kit's home directory
     */
    static String of(Path template, Path home) {
        Path file = template.toAbsolutePath().normalize();
        Path directory = file.getParent();
        if (directory == null || directory.equals(home.toAbsolutePath().normalize()) || Files.isDirectory(file)) {
            return LocalRuntimeConfig.DEFAULT_STACK;
        }
        String name = Objects.toString(file.getFileName());
        if (name.endsWith(CDK_TEMPLATE)) {
            return valid(name.substring(0, name.length() - CDK_TEMPLATE.length()));
        }
        return valid(Objects.toString(project(directory).getFileName(), ""));
    }

    /** Returns the project's directory, also for a template below {@code .aws-sam/build}. */
    private static Path project(Path directory) {
        for (Path above = directory; above != null; above = above.getParent()) {
            Path parent = above.getParent();
            if (parent != null && above.endsWith(SAM_BUILD)) {
                return parent;
            }
        }
        return directory;
    }

    /** Replaces characters that a stack's name cannot hold: it has letters, digits and hyphens, and begins with a letter. */
    private static String valid(String name) {
        String valid = name.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^[^A-Za-z]+|-+$", "");
        String shortened =
                valid.length() > MAX_LENGTH ? valid.substring(0, MAX_LENGTH).replaceAll("-+$", "") : valid;
        return shortened.isEmpty() ? LocalRuntimeConfig.DEFAULT_STACK : shortened;
    }
}
