/** Capsules: failing batches and events saved from a runtime, kept in files, made into tests. */
@NullMarked
package dev.ingestkit.cli.capsule;

import org.jspecify.annotations.NullMarked;
