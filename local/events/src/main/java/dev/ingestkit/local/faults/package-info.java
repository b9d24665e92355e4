/** Faults injected on purpose: at which stage, of which kind, how often. */
@NullMarked
package dev.ingestkit.local.faults;

import org.jspecify.annotations.NullMarked;
