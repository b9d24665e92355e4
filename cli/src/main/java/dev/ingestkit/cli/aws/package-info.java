/** The target of a command: its endpoint, stack, resource names and AWS clients, and the origin of each choice. */
@NullMarked
package dev.ingestkit.cli.aws;

import org.jspecify.annotations.NullMarked;
