/** Commands on the data directory of a runtime that is stopped. */
@NullMarked
package dev.ingestkit.cli.command.data;

import org.jspecify.annotations.NullMarked;
