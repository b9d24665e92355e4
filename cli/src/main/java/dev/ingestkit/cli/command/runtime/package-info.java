/** Commands that start, stop, watch and disturb a runtime, or point other tools at it. */
@NullMarked
package dev.ingestkit.cli.command.runtime;

import org.jspecify.annotations.NullMarked;
