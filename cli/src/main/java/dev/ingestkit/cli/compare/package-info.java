/** Compares two endpoints call by call, and the stacks that run on them. */
@NullMarked
package dev.ingestkit.cli.compare;

import org.jspecify.annotations.NullMarked;
