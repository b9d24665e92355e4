/** Sends many events while faults strike, and accounts for each of them. */
@NullMarked
package dev.ingestkit.bench.soak;

import org.jspecify.annotations.NullMarked;
