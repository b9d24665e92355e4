/** The status of a stack, as far as its services report it. */
@NullMarked
package dev.ingestkit.cli.status;

import org.jspecify.annotations.NullMarked;
