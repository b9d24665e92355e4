/**
 * The embedded runtime: a SAM template's ingestion pipeline in one process, on one port, with AWS's wire protocols. The
 * only API for programs that run a pipeline: {@link dev.ingestkit.local.LocalRuntime#start} with a {@link
 * dev.ingestkit.local.LocalRuntimeConfig}, {@link dev.ingestkit.local.StartException} if it cannot start, and the
 * journal of {@code dev.ingestkit.local.journal} that a runtime returns. {@link dev.ingestkit.local.TableServer} runs
 * the table alone. The packages below it are internal: they change without notice. A runtime is thread-safe; start and close block their caller.
 */
@NullMarked
package dev.ingestkit.local;

import org.jspecify.annotations.NullMarked;
