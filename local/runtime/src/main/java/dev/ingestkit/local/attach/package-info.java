/** What a runtime needs of another endpoint whose stream, table, queue and secret it works on: its API, from here. */
@NullMarked
package dev.ingestkit.local.attach;

import org.jspecify.annotations.NullMarked;
