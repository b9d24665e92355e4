/** The journal of everything that happens to an event: the only source for status, tail, trace and the tests. */
@NullMarked
package dev.ingestkit.local.journal;

import org.jspecify.annotations.NullMarked;
