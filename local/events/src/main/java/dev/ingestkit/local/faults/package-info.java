/** Faults injected on purpose, by stage, kind and frequency. */
@NullMarked
package dev.ingestkit.local.faults;

import org.jspecify.annotations.NullMarked;
