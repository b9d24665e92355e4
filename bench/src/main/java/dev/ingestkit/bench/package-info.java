/**
 * Programs that measure the kit on the machine they run on. Each prints a table and one JSON line, and fails on loss.
 */
@NullMarked
package dev.ingestkit.bench;

import org.jspecify.annotations.NullMarked;
