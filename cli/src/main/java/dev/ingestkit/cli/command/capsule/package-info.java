/** The commands for capsules. */
@NullMarked
package dev.ingestkit.cli.command.capsule;

import org.jspecify.annotations.NullMarked;
